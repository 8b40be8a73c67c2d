import { createHmac } from 'node:crypto';
import { format, inspect } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprint, mask, Redactor, referenceOf, Secret } from '../src/index.js';

const canary = 'canary-7f3a/+?é"\\';
const secret = new Secret(canary);

describe('a secret', () => {
  it.each<[string, () => unknown]>([
    ['a text', () => `${secret}`],
    ['a sum', () => secret + ''],
    ['JSON', () => JSON.stringify({ secret, list: [secret] })],
    ['inspection', () => inspect({ secret, deep: { deeper: [secret] } }, { showHidden: true, depth: 9, getters: true })],
    ['inspection that asks nobody', () => inspect(secret, { customInspect: false, showHidden: true, showProxy: true })],
    ['formats', () => format('%s %j %o %O %d', secret, secret, secret, secret, secret)],
    ['a copy', () => inspect({ ...secret }) + JSON.stringify(Object.assign({}, secret)) + inspect(Object.entries(Object.getOwnPropertyDescriptors(secret)))],
    ['a clone', () => inspect(structuredClone(secret))],
    ['a message to a thread', () => inspect(deserialize(serialize({ secret })))],
    ['an error', () => inspect(new Error(`cannot use ${secret}`, { cause: secret }))],
  ])('is not told by %s', (_, show) => expect(show()).not.toContain('canary'));

  it('is told where it is used, and cannot be changed', () => {
    expect(secret.reveal()).toBe(canary);
    expect(() => Object.assign(secret, { other: 1 })).toThrow();
  });
});

describe('a fingerprint', () => {
  it('is an HMAC of the value: it hangs on the key', () => {
    expect(fingerprint(secret, 'key')).toBe(createHmac('sha256', 'key').update(canary).digest('hex').slice(0, 12));
    expect(fingerprint(secret, new Uint8Array([1, 2]))).toBe(
      createHmac('sha256', Buffer.from([1, 2]))
        .update(canary)
        .digest('hex')
        .slice(0, 12),
    );
    expect(fingerprint(secret, 'other')).not.toBe(fingerprint(secret, 'key'));
  });
});

describe('a redactor', () => {
  const redactor = (...values: string[]): Redactor => {
    const made = new Redactor();
    for (const value of values) made.add(new Secret(value));
    return made;
  };
  const redact = (text: string, ...values: string[]): string => redactor(...values).redact(text);

  it('masks a value in each form that a text may have it', () => {
    const forms = [canary, JSON.stringify(canary), encodeURIComponent(canary), new URLSearchParams({ q: canary }).toString(), Buffer.from(canary).toString('base64url')];
    for (const form of forms) expect(redact(`before ${form} after`, canary)).toMatch(/^before .*\[secret\].* after$/);
    expect(redact('Bearer canary-7f3a/+?é"\\!', canary)).toBe('Bearer [secret]!');
  });

  it('masks it in the base64 of a longer text, wherever in it it stands', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8, unit: 'grapheme' }), fc.string(), fc.string(), (value, before, after) => {
        const bytes = Buffer.from(value.toWellFormed());
        const around = Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)]).toString('base64');
        expect(redact(around, value.toWellFormed())).toContain(mask);
      }),
    );
  });

  it('leaves nothing of what it masks, whatever the values', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ minLength: 8 }).filter((v) => v.trim().length >= 8 && !mask.includes(v)),
          { minLength: 1, maxLength: 4 },
        ),
        fc.string(),
        (values, text) => {
          const made = redactor(...values);
          for (const value of values) expect(made.redact(text + value)).not.toContain(value);
          const json = JSON.stringify({ key: [text, ...values], n: 12345678 });
          expect(() => JSON.parse(made.redactJson(json))).not.toThrow();
          for (const value of values) expect(JSON.parse(made.redactJson(json)).key.slice(1)).not.toContain(value);
        },
      ),
    );
  });

  it('masks the longest of several values, and each line of one with several', () => {
    expect(redact('word-of-mouth word-of-m', 'word-of-m', 'word-of-mouth')).toBe('[secret] [secret]');
    expect(redact('> MIIEvQIBADANBg\n> end', '-----BEGIN KEY-----\nMIIEvQIBADANBg\n-----END KEY-----\n')).toBe('> [secret]\n> end');
  });

  it('keeps the words in which a short value stands by chance, and takes very short ones for nothing', () => {
    expect(redact('test: the latest test-run of abc', 'test', 'abc')).toBe('[secret]: the latest [secret]-run of abc');
  });

  it('keeps JSON JSON: keys and numbers stay', () => {
    const json = '{"status": "status", "port": 8080, "ok": true, "text": "on \\"8080\\"", "more": ["true"]}';
    expect(JSON.parse(redactor('status', '8080', 'true').redactJson(json))).toEqual({ status: mask, port: 8080, ok: true, text: `on "${mask}"`, more: [mask] });
  });

  it('without values changes nothing', () => expect(new Redactor().redact(canary)).toBe(canary));
});

it('a name without reference is that of a variable', () => {
  expect(referenceOf({ A: 'file:a' }, 'A')).toBe('file:a');
  expect(referenceOf({}, 'toString')).toBe('env:toString');
});
