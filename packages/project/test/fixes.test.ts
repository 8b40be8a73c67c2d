import type { Application } from '@camelc/application/model';
import type { Change } from '@camelc/solver';
import { fixesOf } from '@camelc/project/solving';
import { expect, test } from 'vitest';

const line = 'resource requirement Machine { attribute ram : [int 64 GigaBytes } horizontal scale requirement Many [2, 8] } // 64';
const placed = (text: string, file = 'm.camel', source = line): Change['place'] => {
  const character = source.indexOf(text);
  return { file, range: { start: { line: 1, character }, end: { line: 1, character: character + text.length } } };
};
const constraint = { name: 'Cheap', condition: { kind: 'comparison', thresholdPlace: placed('8') } };
const application = { constraints: [constraint, { name: 'Both', condition: { kind: 'and', conditions: [] } }] } as unknown as Application;
const metrics = '{ "Load": 4.50 }';
const sources = new Map([
  ['m.camel', `\n${line}\n`],
  ['metrics.json', `\n${metrics}`],
]);

const edits = (...changes: Change[]): string[] | undefined =>
  fixesOf([{ changes, then: { cost: 1, costPerMonth: 730 } }], application, sources)[0]?.edits.map(({ place, text }) => {
    const { start, end } = place.range;
    const source = sources.get(place.file)!.split('\n')[start.line]!;
    return source.slice(0, start.character) + text + source.slice(end.character);
  });
const change = (kind: Change['kind'], from: string, to: string, place: Change['place'], name = 'N'): Change => ({ kind, name, from, to, text: `${from} → ${to}`, place });

test('a change of a number is an edit of that number', () => {
  expect(edits(change('requirement', '64 GigaBytes', '32 GigaBytes', placed('64 GigaBytes')))).toEqual([line.replace('64', '32')]);
  expect(edits(change('scale', '2 instances', '1 instances', placed('[2, 8]')))).toEqual([line.replace('2,', '1,')]);
  expect(edits(change('metric', '4.5', '4', placed('4.50', 'metrics.json', metrics)))).toEqual([metrics.replace('4.50', '4.0')]);
});

test('a constraint is changed in its threshold', () => expect(edits(change('constraint', '8', '9.5', placed('Many'), 'Cheap'))).toEqual([line.replace('8]', '9.5]')]));

test('changes that help together are one fix', () =>
  expect(edits(change('requirement', '64', '32', placed('int 64')), change('scale', '2', '1', placed('[2, 8]')))?.length).toBe(2));

test.each([
  ['says the number twice', change('requirement', '64', '32', placed(line))],
  ['does not say it', change('requirement', '65', '32', placed('int 64'))],
  ['is not known', change('requirement', '64', '32', undefined)],
  ['is of no number', change('requirement', 'private', 'any', placed('int 64'))],
  ['is of a constraint with several thresholds', change('constraint', '8', '9', placed('Many'), 'Both')],
])('a change whose place %s is no edit', (_, wrong) => {
  expect(edits(wrong)).toBeUndefined();
  expect(edits(change('requirement', '64', '32', placed('int 64')), wrong)).toBeUndefined();
});
