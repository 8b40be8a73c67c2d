import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { camelc } from './camelc.js';
import { folderWith } from '../folders.js';

describe('camelc graph', () => {
  it('prints the topology of a model, without solving it', () => {
    const { status, stdout } = camelc(['graph', 'examples/smartwe']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^<svg [^]*<title>communication OpenServerToMariaDB: OpenServer.DatabaseReq to MariaDB.MariaDBPort<\/title>[^]*<\/svg>\n$/);
    expect(stdout).toContain('2 to 6 instances');
    expect(stdout).not.toContain('EUR/h');
  });

  it('writes hosts and cost of the solution to a file', () => {
    const folder = folderWith({});
    const file = join(folder, 'pictures/smartwe.mmd');
    const { status, stdout } = camelc(['graph', 'examples/smartwe', '--solve', '--as', 'mermaid', '--out', file]);
    expect([status, stdout]).toEqual([0, `${file}   5 components, 4 communications\n`]);
    const solution = JSON.parse(camelc(['solve', 'examples/smartwe', '--format', 'json']).stdout);
    expect(readFileSync(file, 'utf8')).toContain(`title: "SmartWe 1.0: ${solution.cost.toFixed(4)} EUR/h, utility ${Number(solution.utility.toPrecision(5))}, optimal"`);
  });

  it('reports the topology as data', () => {
    const { status, stdout } = camelc(['graph', 'examples/two-component', '--format', 'json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      formatVersion: 1,
      components: [{ place: { file: 'examples/two-component/two-component.camel' } }, {}],
      communications: [{ from: { component: expect.any(String), port: expect.any(String) } }],
      diagnostics: [],
    });
  });

  it('draws nothing where no deployment satisfies the model', () => {
    const folder = folderWith({
      'shop.camel': `camel model Shop {
  deployment model D { software Web { requirements Set } requirements Set { resource R.Huge } }
  requirement model R {
    resource requirement Huge { attribute cores [MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing.CPU.hasNumberofCores] : [int 99999 }
  }
}`,
    });
    const { status, stdout } = camelc(['graph', folder, '--solve', '--out', join(folder, 'shop.svg')]);
    expect([status, stdout]).toEqual([3, '']);
  });
});
