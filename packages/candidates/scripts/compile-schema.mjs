// Compiles the schema of candidates files to a validator without dependencies, because ajv takes longer to start than camelc does.
// Part of `npm run generate`.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const target = path('../src/generated/validate.ts');

function compileSchema() {
  const annotations = new Set(['$id', '$schema', 'title', 'description']);
  const schema = JSON.parse(readFileSync(path('../schema/candidates.schema.json'), 'utf8'), (key, value) =>
    annotations.has(key) && typeof value === 'string' ? undefined : value,
  );
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, inlineRefs: false, messages: false, code: { source: true, esm: true } });
  const code = standalone.default(ajv, ajv.compile(schema));
  if (code.includes('require(')) throw new Error('the schema uses a keyword that needs ajv at run time');
  return `// Generated from schema/candidates.schema.json by scripts/compile-schema.mjs. Do not edit.\n/* oxlint-disable */\n// @ts-nocheck\n${code.replace(/^"use strict";/, '').replace(/export default \w+;/, '')}\n`;
}

mkdirSync(path('../src/generated'), { recursive: true });
writeFileSync(target, compileSchema());
