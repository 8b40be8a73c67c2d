/** A shop in the folder of an editor, and what its tests wait for. Each test has one editor, which ends with it. */
import { afterEach } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver';
import { folderWith } from '../folders.js';
import { Editor, type EditorOptions } from './client.js';

export const ram = 'attribute ram [MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing.RAM.TotalMemory]';
export const gigaBytes = 'UnitTemplateCamelModel.UnitTemplateModel.GigaBytes';

export const deployment = `  deployment model D {
    software Web {
      requirements WebReqs
      container configuration WebContainer { image 'nginx:1.27' }
    }
    requirements WebReqs { resource R.Machine }
  }`;
export const requirement = (size: number): string => `  requirement model R {
    resource requirement Machine {
      ${ram} : [int ${size} ${gigaBytes}
    }
  }`;
export const shop = (size = 2): string => `camel model Shop {\n${deployment}\n${requirement(size)}\n}\n`;

const machine = (id: string, memory: number, price: number): object => ({ id, type: 'IAAS', hardware: id, cloud: { id: 'c', provider: 'c', type: 'public' }, memory, price });
export const candidates = JSON.stringify({ formatVersion: 1, currency: 'EUR', candidates: [machine('small', 4096, 0.01), machine('large', 32768, 0.08)] });
export const settings = JSON.stringify({ candidates: ['candidates.json'] });

let editor: Editor | undefined;
afterEach(() => {
  editor?.stop();
  editor = undefined;
});

export async function start(files: Readonly<Record<string, string>>, options?: EditorOptions): Promise<Editor> {
  editor = await Editor.start(folderWith({ 'camelc.config.json': settings, 'candidates.json': candidates, ...files }), options);
  return editor;
}

export const titled = (e: Editor, file: string, title: string): Promise<string[]> =>
  e.until(`a lens ${title}`, async () => {
    const titles = await e.titles(file);
    return titles.some((t) => t.startsWith(title)) && titles;
  });
export const diagnosed = (e: Editor, file: string, code: string): Promise<Diagnostic> => e.until(code, () => e.published.get(e.uri(file))?.find((d) => d.code === code));
export const clear = (e: Editor, file: string): Promise<true> => e.until(`no diagnostics in ${file}`, () => e.published.get(e.uri(file))?.length === 0);
