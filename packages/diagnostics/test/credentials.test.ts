import { expect, it } from 'vitest';
import { hideCredentials } from '../src/index.js';

it.each([
  "attribute DB_PASSWORD : string 'changeme'",
  "attribute DB_PASSWORD string 'changeme'",
  "attribute DB_PASSWORD : : 'changeme'",
  'attribute DB_PASSWORD : string changeme',
  "attribute apiKey : string 'changeme",
  "[Security.Password] attribute x : string 'changeme'",
  "attribute a : string 'API_TOKEN changeme' attribute b : string 'password changeme'",
  "attribute url : string 'postgres://u:changeme@db/shop'",
  "password 'changeme'",
  "private SSH key 'changeme'",
  "platform credentials P : 'changeme'",
  '{ "Database": { "secrets": { "EXTRA": "changeme"',
  '"password": "changeme"',
  "attribute DB_PASSWORD : string\n  'changeme'",
  "attribute DB_PASSWORD : string 'changeme' 'changeme'",
])('hides the credential in %s', (line) => {
  const hidden = hideCredentials(line);
  expect(hidden).not.toContain('changeme');
  expect(hidden).toBe(line.replaceAll('changeme', '••••••••'));
});

it.each([
  "attribute DB_PASSWORD : string '$DB_PASSWORD'",
  "attribute a : string 'API_TOKEN ${TOKEN}'",
  "attribute name : string 'changeme'",
  "image 'registry.example.com:443/shop/web:1'",
  'software Token { requirements R }',
  '"secrets": { "DB": "env:DB", "X": "age:keys.age#X" }',
  "url 'https://example.com:8080/a@b'",
])('leaves %s', (line) => expect(hideCredentials(line)).toBe(line));

it('hides a short value in its literal alone', () => {
  expect(hideCredentials("web webs attribute password : string 'web' web")).toBe("web webs attribute password : string '•••' web");
});
