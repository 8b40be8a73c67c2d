import { describe, expect, test } from 'vitest';
import { adjustSeverities, applyIgnores, diagnose, exitCodeOf, hasErrors, isFixed, shownOf, type Diagnostic } from '../src/index.js';

const at = (line: number): Diagnostic['place'] => ({ file: 'a.camel', range: { start: { line, character: 2 }, end: { line, character: 5 } } });
const unused = (line: number): Diagnostic => diagnose('hint/unused', { kind: 'sensor', name: 'S' }, at(line));
const priority = (line: number): Diagnostic => diagnose('model/priority', {}, at(line));
const unresolved = (line: number): Diagnostic => diagnose('reference/unresolved', { kind: 'sensor', name: 'S' }, at(line));
const severities = (diagnostics: readonly Diagnostic[]): string[] => diagnostics.map((d) => `${d.code} ${d.severity}`);

describe('severities of the settings', () => {
  test('by code, by group, the code first', () => {
    expect(severities(adjustSeverities([unused(1)], { 'hint/unused': 'warning' }))).toEqual(['hint/unused warning']);
    expect(severities(adjustSeverities([unused(1)], { 'hint/*': 'off' }))).toEqual([]);
    expect(severities(adjustSeverities([unused(1)], { 'hint/*': 'off', 'hint/unused': 'error' }))).toEqual(['hint/unused error']);
    expect(severities(adjustSeverities([priority(1)], { 'model/*': 'hint' }))).toEqual(['model/priority hint']);
  });
  test('do not weaken errors that make a model meaningless', () => {
    expect(severities(adjustSeverities([unresolved(1)], { 'reference/*': 'off', 'reference/unresolved': 'hint' }))).toEqual(['reference/unresolved error']);
    expect((['syntax/unexpected', 'model/missing', 'model/recursive', 'candidates/schema'] as const).every(isFixed)).toBe(true);
    expect((['model/priority', 'unit/mismatch', 'hint/unused', 'reference/annotation'] as const).some(isFixed)).toBe(false);
  });
});

describe('comments', () => {
  const kept = (text: string, ...diagnostics: Diagnostic[]): string[] =>
    applyIgnores(diagnostics, [{ path: 'a.camel', text }], () => true).map(
      (d) => `${d.code} ${d.place!.range.start.line}${d.suppressed === undefined ? '' : ` (${d.suppressed})`}`,
    );
  test('are about their line, about the next, or about the file', () => {
    expect(kept('one\ntwo // camelc-ignore hint/unused: for others', unused(1))).toEqual(['hint/unused 1 (for others)']);
    expect(kept('// camelc-ignore hint/unused: for others\n\n// more\nhere', unused(3))).toEqual(['hint/unused 3 (for others)']);
    expect(kept('one\n// camelc-ignore-file hint/unused: a template\n', unused(0), unused(7))).toEqual(['hint/unused 0 (a template)', 'hint/unused 7 (a template)']);
  });
  test('are about one code and one line alone', () => {
    expect(kept('// camelc-ignore hint/unused: x\nhere\nthere', unused(2))).toEqual(['hint/unused 2', 'ignore/nothing 0']);
    expect(kept('here // camelc-ignore hint/not-regarded: x', unused(0))).toEqual(['hint/unused 0', 'ignore/nothing 0']);
  });
  test('that do nothing are hints', () => {
    expect(kept('// camelc-ignore hint/unusd: x')).toEqual(['ignore/unknown 0']);
    expect(kept('// camelc-ignore')).toEqual(['ignore/unknown 0']);
    expect(kept('here // camelc-ignore hint/unused', unused(0))).toEqual(['hint/unused 0 ()', 'ignore/no-reason 0']);
    expect(kept('here // camelc-ignore reference/unresolved: later', unresolved(0))).toEqual(['reference/unresolved 0', 'ignore/fixed 0']);
  });
  test('may keep back what an error hides', () => expect(kept('here // camelc-ignore hint/unused: x', priority(0))).toEqual(['model/priority 0']));
  test('in strings and in other comments are none', () => {
    expect(kept("a '// camelc-ignore hint/unused: x'", unused(0))).toEqual(['hint/unused 0']);
    expect(kept('/* // camelc-ignore hint/unused: x\n*/ here', unused(1))).toEqual(['hint/unused 1']);
    expect(kept('a "it\'s" // camelc-ignore hint/unused: x', unused(0))).toEqual(['hint/unused 0 (x)']);
  });
  test('what they keep back is neither an error nor shown', () => {
    const all = applyIgnores([priority(0)], [{ path: 'a.camel', text: 'here // camelc-ignore model/priority: x' }], () => true);
    expect([hasErrors(all), exitCodeOf(all), shownOf(all)]).toEqual([false, 0, []]);
  });
});
