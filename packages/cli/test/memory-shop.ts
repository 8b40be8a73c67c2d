/** A shop that is planned for and applied to a target in memory, each test with its own target and folder. */
import { afterEach, beforeEach } from 'vitest';
import { machine, machines } from '../../../test/cli/machines.ts';
import { folderWith } from '../../../test/folders.ts';
import { MemoryTarget } from '../../plan/test/memory-target.ts';
import { apply } from '../src/verbs/apply.ts';
import { destroy } from '../src/verbs/destroy.ts';
import { plan } from '../src/verbs/plan.ts';
import { rollback } from '../src/verbs/rollback.ts';
import { status } from '../src/verbs/status.ts';
import { opening, run, type Run } from './run.ts';

/** The load that each instance of Web has is at best 50; Db has a volume and stays where it is. */
export const shop = `camel model Shop {
  deployment model D {
    software Web {
      requirements Reqs
      provided communication Http port 8080
      required communication ToDb port 5432 mandatory
      container configuration C { image 'shop/web:1' }
    }
    software Db {
      [MetaDataModel.MELODICMetadataSchema.UtilityNotions.UtilityRelatedProperties.Unmoveable]
      provided communication Sql port 5432
      container configuration C {
        image 'shop/db:1'
        attribute volume : string 'rows:/rows'
      }
    }
    communication WebToDb from Web.ToDb to Db.Sql
    requirements Reqs { horizontal scale R.Scale }
  }
  requirement model R {
    horizontal scale requirement Scale [1, 5]
    optimisation requirement Best { variable M.Utility }
    slo NotTooBusy constraint K.Busy
  }
  metric model M {
    variable N { template MetricTemplateCamelModel.MetricTemplateModel.ComponentInstanceTemplate component D.Web }
    variable Cost { template MetricTemplateCamelModel.MetricTemplateModel.CostTemplateEuros }
    raw metric Load { template MetricTemplateCamelModel.MetricTemplateModel.UtilityTemplate }
    sensor LoadSensor { isPush config 'load' }
    raw metric context LoadContext { metric Load sensor LoadSensor }
    variable Utility { template MetricTemplateCamelModel.MetricTemplateModel.UtilityTemplate formula '1 - abs(Load / N - 50) / 100 - Cost / 10' }
  }
  constraint model K { metric constraint Busy : [M.LoadContext] > 120.0 }
}
`;
const files = { 'shop.camel': shop, 'candidates.json': machines(machine('small', 2, 0.1), machine('large', 8, 0.3)) };
const common = { target: 'swarm', milp: 'glpk', publishMode: 'ingress', endpointMode: 'vip', candidates: ['candidates.json'], currency: 'EUR' } as const;

/** What a test plans for and applies to. */
export let target: MemoryTarget;
const here = process.cwd();
beforeEach(() => {
  target = new MemoryTarget();
  process.chdir(folderWith(files));
});
afterEach(() => process.chdir(here));

/** The options of a run with this load. */
export const options = (load: number) => ({ ...common, candidates: [...common.candidates], metric: { Load: load } });
/** `camelc plan shop.camel`. */
export const planned = (load: number, more: object = {}, how = {}): Promise<Run> => run((c) => plan(['shop.camel'], { ...options(load), ...more }, c, opening(target)), how);
/** `camelc apply shop.camel`. */
export const applied = (load: number, more: object = {}, how = {}): Promise<Run> =>
  run((c) => apply(['shop.camel'], { ...options(load), autoApprove: true, ...more }, c, opening(target)), how);
/** `camelc apply`, or of a file. */
export const appliedFile = (paths: string[], more: object = {}, how = {}): Promise<Run> => run((c) => apply(paths, { ...options(50), ...more }, c, opening(target)), how);
export const statusNow = (how = {}): Promise<Run> => run((c) => status({ target: 'swarm' }, c, opening(target)), how);
export const rolledBack = (more: object = {}, how = {}): Promise<Run> => run((c) => rollback({ target: 'swarm', autoApprove: true, ...more }, c, opening(target)), how);
export const destroyed = (more: object = {}, how = {}): Promise<Run> => run((c) => destroy({ target: 'swarm', autoApprove: true, ...more }, c, opening(target)), how);
export const lastLine = ({ out }: Pick<Run, 'out'>): string => out.trimEnd().split('\n').at(-1)!;
