/** A small shop, for tests of what the verbs print. */
import { folderWith } from '../folders.js';
import { camelc } from './camelc.js';

/** Two machines. */
export const candidates = JSON.stringify(
  {
    formatVersion: 1,
    currency: 'EUR',
    candidates: [
      { id: 'small', type: 'IAAS', hardware: 's1', cloud: { id: 'c', provider: 'own', type: 'private' }, cores: 2, memory: 4096, price: 0.01, limit: 3 },
      { id: 'large', type: 'IAAS', hardware: 'l1', cloud: { id: 'c', provider: 'own', type: 'private' }, cores: 16, memory: 131072, price: 0.08, limit: 1 },
    ],
  },
  undefined,
  1,
);

/** A web server with its database; the places to vary are named. */
export const shop = ({ scale = '[2, 4]', memory = 4, budget = 10, extra = '' } = {}): string => `camel model Shop {
  application Shop { version '1.0' }
  deployment model D {
    software Web { requirements WebReqs required communication DbReq port 5432 mandatory container configuration C { image 'example.com/web:1' } }
    software Db { requirements DbReqs provided communication DbPort port 5432 container configuration C { image 'postgres:17' } }
    communication WebToDb from Web.DbReq to Db.DbPort
    requirements WebReqs { horizontal scale R.Scale resource R.WebMachine }
    requirements DbReqs { resource R.DbMachine }
  }
  requirement model R {
    resource requirement WebMachine { attribute cores [MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing.CPU.hasNumberofCores] : [int 1 }
    resource requirement DbMachine { attribute ram [MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing.RAM.TotalMemory] : [int ${memory} UnitTemplateCamelModel.UnitTemplateModel.GigaBytes }
    horizontal scale requirement Scale ${scale}
    optimisation requirement Best { variable M.Utility }
  }
  metric model M {
    variable Cost { template MetricTemplateCamelModel.MetricTemplateModel.CostTemplateEuros }
    variable Webs { template MetricTemplateCamelModel.MetricTemplateModel.ComponentInstanceTemplate component D.Web }
    variable Cents { template MetricTemplateCamelModel.MetricTemplateModel.UtilityTemplate formula '100 * Cost' }
    variable Utility { template MetricTemplateCamelModel.MetricTemplateModel.UtilityTemplate formula '1 / (1 + Cost)' }
  }
  constraint model K {
    variable constraint Budget : M.Cents <= ${budget}.0
    variable constraint Enough : M.Webs >= 2.0
    ${extra}
  }
}
`;

/** A folder with the shop and its candidates, and the options that use them alone. */
export function shopFolder(variation?: Parameters<typeof shop>[0]): { cwd: string; args: string[] } {
  return { cwd: folderWith({ 'shop.camel': shop(variation), 'machines.json': candidates }), args: ['shop.camel', '--candidates', 'machines.json'] };
}

/** Runs a verb on the shop. */
export function run(verb: string, variation?: Parameters<typeof shop>[0], ...more: string[]): ReturnType<typeof camelc> {
  const { cwd, args } = shopFolder(variation);
  return camelc([verb, ...args, ...more], { cwd });
}
