import { canonicalJson, parsePlan, writePlan } from '@camelc/plan';
import { expect, test } from 'vitest';
import { planFor, resource } from './fixtures.ts';
import { MemoryTarget } from './memory-target.ts';

const text = async (): Promise<string> =>
  writePlan(
    await planFor(
      new MemoryTarget(),
      resource('service/web', { image: 'web:1', environment: { NAME: 'ü "quoted"', ['__proto__']: 1 } }, ['network/shop'], { takes: ['port 80'] }),
      resource('network/shop'),
    ),
  );
const read = (changed: string) => parsePlan(changed, 'plan.json');
const messages = (changed: string) => read(changed).diagnostics.map(({ code, message }) => `${code}: ${message}`);

test('what is written is read', async () => {
  const written = await text();
  const { plan, diagnostics } = read(written);
  expect(diagnostics).toEqual([]);
  expect(writePlan(plan!)).toBe(written);
});

test('blanks and the order of members do not count', async () => {
  const backwards = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(backwards)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([k, v]) => [k, backwards(v)]),
          )
        : value;
  expect(read(JSON.stringify(backwards(JSON.parse(await text())))).diagnostics).toEqual([]);
});

test('an edited plan is refused', async () => {
  const written = await text();
  for (const [from, to] of [
    ['web:1', 'web:2'],
    ['"undone": true', '"undone": false'],
    ['"cost": 2', '"cost": 3'],
    ['"test"', '"production"'],
  ] as const) {
    expect(written).toContain(from);
    expect(messages(written.replace(from, to))).toEqual(['plan/edited: this plan is not as it was made: its fingerprint is that of another text']);
  }
});

test('what is no plan is told apart', async () => {
  const written = await text();
  expect(messages('')).toEqual(['plan/not-json: this is no plan: it is empty']);
  // Whatever else a file of JSON is, one sentence says so.
  for (const other of ['[]', '7', '{"formatVersion": 1, "candidates": []}', '{"formatVersion": 2}', '{}'])
    expect(messages(other)).toEqual(['plan/no-plan: this JSON file is not a plan of camelc']);
  expect(messages(written.slice(0, -20))).toMatchObject([expect.stringMatching('^plan/not-json')]);
  expect(messages(written.replace('"formatVersion": 1', '"formatVersion": 2'))).toEqual(['plan/version: this is no plan that this camelc reads: its formatVersion is 2, not 1']);
  expect(messages('{"formatVersion": 1, "fingerprint": "1"}')).toContain('plan/schema: this is no plan: `target` is missing');
  expect(messages(written.replace('"undone": true', '"undone": "yes"'))).toEqual(['plan/schema: this is no plan: `steps.0.undone` is "yes", not true or false']);
  expect(read(written.replace('"undone": true', '"undone": "yes"')).diagnostics[0]!.place).toMatchObject({ file: 'plan.json' });
});

test('canonical JSON is that of RFC 8785', () => {
  const example = {
    numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001, -0],
    string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
    literals: [null, true, false],
  };
  expect(canonicalJson(example)).toBe('{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27,0],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}');
  expect(canonicalJson({ '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, ö: 7, left: undefined })).toBe(
    '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
  );
});
