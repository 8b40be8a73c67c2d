// Refreshes the built-in catalogue from public price lists. Build first (tsc -b packages/candidates).
//   node packages/candidates/scripts/refresh.mjs --source 'owner/repository path commit' [--date YYYY-MM-DD] [--cloud aws|oci] FILE…
// --date is for lists that do not say when their prices held, --cloud for those that do not say whose they are.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readPriceList, selected } from '../dist/refresh/refresh.js';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { source: { type: 'string' }, date: { type: 'string' }, cloud: { type: 'string' } } });
if (!values.source || positionals.length === 0) {
  console.error('usage: refresh.mjs --source TEXT [--date YYYY-MM-DD] [--cloud aws|oci] FILE…');
  process.exit(64);
}
const target = fileURLToPath(new URL('../src/catalogue/catalogue.json', import.meta.url));
const catalogue = JSON.parse(readFileSync(target, 'utf8'));

for (const file of positionals) {
  for (const list of selected(readPriceList(readFileSync(file, 'utf8'), values.cloud))) {
    const date = list.date ?? values.date;
    if (!date) throw new Error(`${file} does not say when its prices held: add --date`);
    const rows = list.rows.map((r) => [r.hardware, r.architecture, r.cores, r.memory, r.storage ?? null, r.price]);
    const part = { cloud: list.cloud, location: list.location, currency: list.currency, source: values.source, date, rows };
    const index = catalogue.parts.findIndex((p) => p.cloud === part.cloud && p.location === part.location);
    if (index < 0) catalogue.parts.push(part);
    else catalogue.parts[index] = part;
    console.log(`${part.cloud} ${part.location}: ${rows.length} machine types of ${date}`);
  }
}
writeFileSync(target, format(catalogue));

/** A line for each row, so that a change of price is a change of one line. */
function format({ rates, images, locations, parts }) {
  const lines = (object) =>
    `{\n${Object.entries(object)
      .map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`)
      .join(',\n')}\n }`;
  const blocks = parts.map(({ rows, ...part }) => `  ${JSON.stringify(part).slice(0, -1)},"rows":[\n${rows.map((row) => `   ${JSON.stringify(row)}`).join(',\n')}\n  ]}`);
  return `{\n "rates": ${lines(rates)},\n "images": ${lines(images)},\n "locations": ${lines(locations)},\n "parts": [\n${blocks.join(',\n')}\n ]\n}\n`;
}
