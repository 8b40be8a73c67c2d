import { describe, expect, test } from 'vitest';
import { load, marked } from './check.js';

const units = 'UnitTemplateCamelModel.UnitTemplateModel';
const iaas = 'MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS';
const cores = `${iaas}.Processing.CPU.hasNumberofCores`;
const ram = `${iaas}.Processing.RAM.TotalMemory`;

/** What is reported of a resource requirement with these attributes: code and marked text. */
async function reported(attributes: string): Promise<string[]> {
  const text = `camel model M { requirement model R { resource requirement X { ${attributes} } } }`;
  const { diagnostics } = await load(text);
  return diagnostics.map((d) => `${d.code} ${marked(text, d)}`).filter((line) => !line.startsWith('hint/'));
}

describe('bounds of one attribute', () => {
  test('are said once', async () => {
    expect(await reported(`attribute a [${cores}] : [int 1, int 8] attribute b [${iaas}.Processing.CPU.hasMinNumberofCores] : int 2`)).toEqual(['requirement/duplicate 2']);
  });
  test('leave something between them, in whatever units', async () => {
    const paired = (min: string, max: string): string => `attribute minRam : int ${min} attribute maxRam : int ${max}`;
    const guessed = ['requirement/guessed minRam', 'requirement/guessed maxRam'];
    expect(await reported(paired(`2 ${units}.GigaBytes`, `2048 ${units}.MegaBytes`))).toEqual(guessed);
    expect(await reported(paired(`2 ${units}.GigaBytes`, `2047 ${units}.MegaBytes`))).toEqual([...guessed, 'requirement/contradiction 2047']);
  });
  test('of two intervals too', async () => {
    expect(await reported(`attribute a [${cores}] : [int 4 attribute b [${cores}] : , int 4]`)).toEqual([]);
    expect(await reported(`attribute a [${cores}] : [int 4 attribute b [${cores}] : , int 4)`)).toEqual(['requirement/contradiction 4']);
  });
});

describe('units', () => {
  test('measure their attribute', async () => {
    expect(await reported(`attribute f [${iaas}.Processing.CPU.hasFrequency] : [double 2.0 ${units}.MegaBytes`)).toEqual([`unit/mismatch ${units}.MegaBytes`]);
    expect(await reported(`attribute a [${cores}] : [int 2 ${units}.Seconds`)).toEqual([`unit/mismatch ${units}.Seconds`]);
    const bounds = `attribute low [${ram}.totalMemoryHasMin] : int 2 ${units}.GigaBytes attribute high [${ram}.totalMemoryHasMax] : int 4 ${units}.Seconds`;
    expect(await reported(bounds)).toEqual([`unit/mismatch ${units}.Seconds`]);
  });
  test.each(['ram', 'minMemory', 'diskSize', 'cores', 'vCPUs'])('measure what the name %s alone says, too', async (name) => {
    expect(await reported(`attribute ${name} : [int 4000 ${units}.Seconds`)).toEqual([`requirement/guessed ${name}`, `unit/mismatch ${units}.Seconds`]);
  });
  test('tell what a longer name is of', async () => expect(await reported(`attribute ramLatency : [int 4 ${units}.Seconds`)).toEqual([]));
  test('no machine has less than none', async () => expect(await reported(`attribute a [${cores}] : [int -2`)).toEqual(['unit/implausible -2']));
  test.each([
    ['8192 GigaBytes', '8192 MegaBytes'],
    ['16 KiloBytes', '16 GigaBytes'],
    ['4 MegaBytes', undefined],
    ['512 GigaBytes', undefined],
    ['9 PetaBytes', '9 GigaBytes'],
  ])('of memory, %s: meant is %s', async (said, meant) => {
    const [value, unit] = said.split(' ');
    const { diagnostics } = await load(`camel model M { requirement model R { resource requirement X { attribute r [${ram}] : [int ${value} ${units}.${unit} } } }`);
    const implausible = diagnostics.filter((d) => d.code === 'unit/implausible').map((d) => d.help);
    expect(implausible).toEqual(meant ? [`probably ${meant} was meant`] : []);
  });
  test('a maximum may be more than any machine has', async () => expect(await reported(`attribute r [${ram}] : [int 4, int 9000] ${units}.GigaBytes`)).toEqual([]));
});

test('a bound of a known attribute is a number', async () => {
  expect(await reported(`attribute a [${cores}] : string 'four' attribute colour : string 'red'`)).toEqual(["requirement/not-a-bound 'four'"]);
});
