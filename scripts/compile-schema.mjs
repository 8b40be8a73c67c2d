// Compiles a JSON schema to a validator without dependencies, because ajv takes longer to start than camelc does.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';

const root = path.dirname(import.meta.dirname);

/** Writes the validator of a schema to `src/generated/validate.ts` of the package that the schema is of. Both are named from the root of the repository. */
export function compileSchema(packageFolder, schemaFile) {
  const annotations = new Set(['$id', '$schema', 'title', 'description']);
  const schema = JSON.parse(readFileSync(path.join(root, packageFolder, schemaFile), 'utf8'), (key, value) =>
    annotations.has(key) && typeof value === 'string' ? undefined : value,
  );
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, inlineRefs: false, messages: false, code: { source: true, esm: true } });
  const code = standalone.default(ajv, ajv.compile(schema));
  if (code.includes('require(')) throw new Error('the schema uses a keyword that needs ajv at run time');
  const target = path.join(root, packageFolder, 'src/generated/validate.ts');
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(
    target,
    `// Generated from ${schemaFile} by scripts/compile-schema.mjs. Do not edit.\n/* oxlint-disable */\n// @ts-nocheck\n${code.replace(/^"use strict";/, '').replace(/export default \w+;/, '')}\n`,
  );
}
