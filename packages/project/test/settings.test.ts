import { join } from 'node:path';
import { DiagnosticError, type Diagnostic } from '@camelc/diagnostics';
import { findSettings, openProject, settingsFile, settingsFileOf } from '@camelc/project';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../../../test/folders.js';
import { settingsFaults } from '../src/settings/faults.js';

const reading = (): { sources: Map<string, string> } => ({ sources: new Map() });

describe('a settings file', () => {
  /** Code, message and what is marked of each, and its help. */
  const said = (text: string): string[][] =>
    settingsFaults(text, settingsFile).map(({ code, message, place, help }: Diagnostic) => {
      const { start, end } = place!.range;
      return [code, message, text.split('\n')[start.line]!.slice(start.character, end.character), ...(help ? [help] : [])];
    });

  test.each([
    ['no JSON', '{ "timeLimit": 10, }', ['config/not-json', 'these settings are not JSON: a name in double quotes is expected, found `}`', '}']],
    ['nothing', '', ['config/not-json', 'these settings are not JSON: the file is empty', '']],
    ['a list', '[]', ['config/value', 'the file is a list, not an object', '[]']],
    ['a misspelt setting', '{ "timelimit": 10 }', ['config/unknown', 'there is no setting `timelimit`', '"timelimit"', 'did you mean `timeLimit`?']],
    [
      'a setting like none',
      '{ "x": 10 }',
      ['config/unknown', 'there is no setting `x`', '"x"', 'there are severities, candidates, metrics, currency, rates, secrets, timeLimit, ignore'],
    ],
    ['a text for a number', '{ "timeLimit": "10 s" }', ['config/value', 'the setting timeLimit is "10 s", not a number', '"10 s"']],
    ['a limit of nothing', '{ "timeLimit": 0 }', ['config/value', 'the setting timeLimit is 0, not above 0', '0']],
    ['an unknown currency', '{ "currency": "DM" }', ['config/value', 'the setting currency is "DM", not one of EUR, USD, GBP, CHF', '"DM"']],
    ['a rate of an unknown currency', '{ "rates": { "DM": 2 } }', ['config/unknown', 'there is no setting `rates.DM`', '"DM"', 'there are EUR, USD, GBP, CHF']],
    ['a setting twice', '{ "timeLimit": 5, "rates": {}, "timeLimit": 6 }', ['config/value', 'the setting timeLimit is there twice', '"timeLimit"']],
    ['a rate twice', '{ "rates": { "USD": 0.9, "USD": 0.8 } }', ['config/value', 'the setting rates.USD is there twice', '"USD"']],
    ['no candidates', '{ "candidates": [] }', ['config/value', 'the setting candidates is an empty list', '[]']],
    ['an item of another type', '{ "ignore": ["a", 7] }', ['config/value', 'the setting ignore.1 is 7, not a text', '7']],
    [
      'an unknown severity',
      '{ "severities": { "objective/none": "bad" } }',
      ['config/value', 'the setting severities.objective/none is "bad", not one of error, warning, hint, off', '"bad"'],
    ],
    ['a severity for an error', '{ "severities": { "reference/unresolved": "off" } }', ['config/fixed-severity', '`reference/unresolved` stays an error', '"off"']],
    [
      'a severity of no diagnostic',
      '{ "severities": { "objective/nnone": "off" } }',
      ['config/unknown', 'there is no setting `severities.objective/nnone`', '"objective/nnone"', 'did you mean `objective/none`?'],
    ],
  ])('of %s is refused where it is wrong', (_, text, expected) => {
    const [first, ...more] = said(text);
    expect(first!.slice(0, expected.length)).toEqual(expected);
    expect(more).toEqual([]);
  });

  test('has all its faults told in their order', () =>
    expect(said('{ "timeLimit": -1,\n"rates": { "USD": "a" },\n"metric": "m.json" }').map(([, message]) => message)).toEqual([
      'the setting timeLimit is -1, not above 0',
      'the setting rates.USD is "a", not a number',
      'there is no setting `metric`',
    ]));

  test('of every kind is accepted', () =>
    expect(
      said(
        '{ "$schema": "s.json", "severities": { "objective/none": "off" }, "candidates": ["built-in", "c.json"], "metrics": "m.json", "currency": "USD", "rates": { "USD": 0.9 }, "timeLimit": 0.5, "ignore": ["old"] }',
      ),
    ).toEqual([]));
});

describe('settings are found', () => {
  const folder = folderWith({ [settingsFile]: '{ "timeLimit": 1 }', 'a/b/m.camel': '', [`c/${settingsFile}`]: '{ "timeLimit": 3 }', 'c/m.camel': '' });
  const found = (path: string, top = folder): string | undefined => settingsFileOf(join(folder, path), top);

  test('in the folder, beside a file, and above', () => {
    expect(found('')).toBe(join(folder, settingsFile));
    expect(found('a/b')).toBe(join(folder, settingsFile));
    expect(found('a/b/m.camel')).toBe(join(folder, settingsFile));
    expect(found('c/m.camel')).toBe(join(folder, 'c', settingsFile));
  });
  test('not above the top, and outside of it in the folder alone', () => {
    expect(found('a/b', join(folder, 'a'))).toBeUndefined();
    expect(found('a/b', join(folder, 'c'))).toBeUndefined();
    expect(found('', join(folder, 'c'))).toBe(join(folder, settingsFile));
  });
  test('of the first path, and those of others are named', () => {
    const { settings, diagnostics } = findSettings([join(folder, 'a'), join(folder, 'c')], reading(), folder);
    expect(settings!.timeLimit).toBe(1);
    expect(diagnostics.map((d) => [d.code, d.place!.file])).toEqual([['config/several', join(folder, 'c', settingsFile)]]);
  });
});

describe('settings', () => {
  test('give what the command line does not, with paths from their folder', () => {
    const folder = folderWith({
      [settingsFile]: '{ "candidates": ["built-in", "list/own.json"], "metrics": "m.json", "currency": "USD", "rates": { "USD": 0.9, "GBP": 1.1 }, "timeLimit": 3 }',
      'm.camel': '',
    });
    expect(openProject([folder], {}, reading()).options).toEqual({
      candidates: ['built-in', join(folder, 'list/own.json')],
      metrics: join(folder, 'm.json'),
      currency: 'USD',
      rate: { USD: 0.9, GBP: 1.1 },
      timeLimit: 3,
    });
    const given = { candidates: ['c.json'], metrics: 'x.json', currency: 'CHF' as const, rate: { USD: 0.8 }, timeLimit: 9 };
    expect(openProject([folder], given, reading()).options).toEqual({ ...given, rate: { USD: 0.8, GBP: 1.1 } });
  });

  const files = { 'a.camel': '', 'b.old.camel': '', 'old/c.camel': '', 'x/old/d.camel': '', 'x/e.camel': '' };
  test.each([
    [['old'], ['a.camel', 'b.old.camel', 'x/e.camel', 'x/old/d.camel']],
    [['**/old/'], ['a.camel', 'b.old.camel', 'x/e.camel']],
    [
      ['*.old.camel', './x/*.camel'],
      ['a.camel', 'old/c.camel', 'x/old/d.camel'],
    ],
    [['x/**'], ['a.camel', 'b.old.camel', 'old/c.camel']],
    [['?.camel'], ['b.old.camel', 'old/c.camel', 'x/e.camel', 'x/old/d.camel']],
  ])('leave %j out of a folder', (ignore, left) => {
    const folder = folderWith({ ...files, [settingsFile]: JSON.stringify({ ignore }) });
    const { models } = openProject([folder], {}, reading());
    expect(models.files.map((f) => f.path)).toEqual(left.map((name) => join(folder, name)));
  });
  test('leave out no file that is named, and say so where nothing is left', () => {
    const folder = folderWith({ 'a.camel': '', [settingsFile]: '{ "ignore": ["*"] }' });
    expect(openProject([join(folder, 'a.camel')], {}, reading()).models.files.length).toBe(1);
    expect(openProject([folder], {}, reading()).models.diagnostics.map((d) => d.message)).toEqual([
      `there is no .camel file in ${folder} but those that \`ignore\` in camelc.config.json names`,
    ]);
  });
  test('that are wrong end the run', () => {
    const folder = folderWith({ 'a.camel': '', [settingsFile]: '{' });
    expect(() => openProject([folder], {}, reading())).toThrow(DiagnosticError);
  });
});
