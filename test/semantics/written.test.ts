/** Formulas as models write them, and what they are worth; what models say of places. */
import { buildApplication, chooseApplication } from '@camelc/application';
import type { NodeCandidate } from '@camelc/candidates';
import { loadModels } from '@camelc/language';
import { assess, buildProblem, evaluation, type Inputs, type Problem } from '@camelc/problem';
import { describe, expect, test } from 'vitest';
import { candidate } from '../../packages/problem/test/applications.js';

const templates = 'MetricTemplateCamelModel.MetricTemplateModel';

async function posed(text: string, fits: Record<string, NodeCandidate[]>, metrics: Inputs['metrics'] = {}): Promise<{ problem?: Problem; codes: string[] }> {
  const { models, diagnostics, libraryRegions } = await loadModels([{ path: 'shop.camel', text }]);
  expect(diagnostics.filter((d) => d.severity === 'error').map((d) => d.message)).toEqual([]);
  const { application, diagnostics: built } = buildApplication(chooseApplication(models), models, libraryRegions);
  const { problem, diagnostics: of } = buildProblem(application, fits, { metrics, currency: 'EUR' });
  return { problem, codes: [...built, ...of].map((d) => d.code) };
}

const machine = (id: string, price: number, place?: [latitude: number, longitude: number]): NodeCandidate =>
  candidate(id, price, place && { location: { id, latitude: place[0], longitude: place[1] } });

describe('logic', () => {
  /** The values of a formula of a and b for (0, 0), (0, 1), (1, 0), (1, 1). */
  async function truths(formula: string): Promise<string> {
    const model = `camel model S { deployment model D { software Web { } } requirement model R { optimisation requirement O { variable M.V } }
      metric model M { raw metric a { template ${templates}.UtilityTemplate } raw metric b { template ${templates}.UtilityTemplate } function twice { expression 'x + x' arguments ["x"] }
        variable V { template ${templates}.UtilityTemplate formula '${formula}' } } }`;
    const values = await Promise.all(
      ['00', '01', '10', '11'].map(async ([a, b]) => {
        const { problem } = await posed(model, { Web: [machine('m', 1)] }, { a: Number(a), b: Number(b) });
        return evaluation(problem!, [{ candidate: 0, cardinality: 1 }]).value(problem!.objectives[0]!.term);
      }),
    );
    return values.join('');
  }
  test.each([
    ['a & b', '0001'],
    ['a && b', '0001'],
    ['a /\\ b', '0001'],
    ['a | b', '0111'],
    ['a || b', '0111'],
    ['a \\/ b', '0111'],
    ['a ~& b', '1110'],
    ['a ~&& b', '1110'],
    ['a ~/\\ b', '1110'],
    ['a ~| b', '1000'],
    ['a ~|| b', '1000'],
    ['a ~\\/ b', '1000'],
    ['a (+) b', '0110'],
    ['a --> b', '1101'],
    ['a <-- b', '1011'],
    ['a -/> b', '0010'],
    ['a </- b', '0100'],
    ['a <-> b', '1001'],
    ['2*a <-> 3*b', '1001'],
    ['~a', '1100'],
    ['not(a)', '1100'],
    ['a = b', '1001'],
    ['a == b', '1001'],
    ['a <> b', '0110'],
    ['a != b', '0110'],
    ['a ~= b', '0110'],
    ['if(a; 1 - b; b)', '0110'],
    ['iff(a > b; 1; b > a, 0; true, 1)', '1011'],
    ['twice(a) + b! > phi', '0011'],
    ['a & b | ~a --> b', '0111'],
  ])('%s', async (formula, expected) => expect(await truths(formula)).toBe(expected));

  test('of very many operands, whatever the operators', async () => {
    expect(await truths(Array.from({ length: 100 }, (_, i) => (i % 2 ? 'b' : 'a')).join(' | '))).toBe('0111');
    expect(await truths(`a${' ~| b | a'.repeat(40)}`)).toBe('0011');
  });
});

describe('places', () => {
  const coordinates = (name: string, subject: string): string =>
    `variable ${name}Latitude { template ${templates}.LatitudeTemplate ${subject} } variable ${name}Longitude { template ${templates}.LongitudeTemplate ${subject} }`;
  const distance = (a: string, b: string): string =>
    `6371 * acos(sin(rad(${a}Latitude)) * sin(rad(${b}Latitude)) + cos(rad(${a}Latitude)) * cos(rad(${b}Latitude)) * cos(rad(${a}Longitude - ${b}Longitude)))`;
  const shop = (source: string): string => `camel model Shop {
    deployment model D { software Web { } software Db { data source [Data.Orders] } }
    data type model Data { data source Orders { ${source} } data Sales { source Orders } }
    requirement model R { optimisation requirement Near { variable M.Distance minimise } }
    metric model M {
      measurable attribute latitude [MetaDataModel.MELODICMetadataSchema.ContextAwareSecurityModel.Coordinates.latitude]
      measurable attribute longitude [MetaDataModel.MELODICMetadataSchema.ContextAwareSecurityModel.Coordinates.longitude]
      template LatitudeTemplate { attribute latitude unit UnitTemplateCamelModel.UnitTemplateModel.Ratio }
      template LongitudeTemplate { attribute longitude unit UnitTemplateCamelModel.UnitTemplateModel.Ratio }
      ${[coordinates('Web', 'component D.Web'), coordinates('Source', 'component Data.Orders')].join(' ').replaceAll(`${templates}.L`, 'L')}
      variable Distance { template ${templates}.UtilityTemplate formula '${distance('Web', 'Source')}' }
    }
  }`;
  const paris = machine('paris', 3, [48.86, 2.35]);
  const berlin = machine('berlin', 2, [52.52, 13.4]);
  const dublin = machine('dublin', 1, [53.33, -6.25]);
  const everywhere = { Web: [paris, berlin, dublin], Db: [paris, berlin] };
  /** Where the components stand at best. */
  const solved = (problem: Problem): { at: string[]; distance: number } => {
    const [web, db] = problem.components;
    const all = web!.candidates.flatMap((w) => db!.candidates.map((d) => [w, d]));
    const assessed = all
      .map((chosen) => ({
        chosen,
        ...assess(
          problem,
          chosen.map((candidate) => ({ candidate, cardinality: 1 })),
        ),
      }))
      .filter((a) => a.breaches.length === 0);
    const best = assessed.reduce((a, b) => (b.merits[0]! > a.merits[0]! || (b.merits[0] === a.merits[0] && b.merits[1]! > a.merits[1]!) ? b : a));
    return { at: best.chosen.map((c) => problem.candidates[c]!.id), distance: Math.abs(best.merits[0]!) };
  };

  test('a data source of a component is where that is', async () => {
    const { problem, codes } = await posed(shop('component D.Db'), everywhere);
    expect(codes.filter((code) => code.startsWith('variable') || code.startsWith('formula'))).toEqual([]);
    // At the same place the distance is 0, whatever rounding makes of the cosine.
    expect(solved(problem!)).toEqual({ at: ['berlin', 'berlin'], distance: 0 });
    const apart = solved((await posed(shop('component D.Db'), { Web: [dublin], Db: [paris, berlin] })).problem!);
    expect(apart.at).toEqual(['dublin', 'paris']);
    expect(apart.distance).toBeGreaterThan(770);
    expect(apart.distance).toBeLessThan(790);
  });
  test('an external one says where it is', async () => {
    const attributes = [
      'attribute north [MetaDataModel.MELODICMetadataSchema.ContextAwareSecurityModel.Coordinates.latitude] : double 53.0',
      'attribute east [MetaDataModel.MELODICMetadataSchema.ContextAwareSecurityModel.Coordinates.longitude] : double 13.0',
    ];
    expect(solved((await posed(shop(`external ${attributes.join(' ')}`), everywhere)).problem!).at).toEqual(['berlin', 'berlin']);
  });
  test('or the run gives it', async () => {
    expect((await posed(shop('external'), everywhere)).codes).toContain('problem/metric-missing');
    const { problem } = await posed(shop('external'), everywhere, { SourceLatitude: 53, SourceLongitude: -6 });
    expect(solved(problem!).at[0]).toBe('dublin');
  });
  test('a place without component or data source is given with the run', async () => {
    const outside = shop('external').replaceAll('component Data.Orders', '');
    expect((await posed(outside, everywhere)).codes).toContain('problem/metric-missing');
    expect(solved((await posed(outside, everywhere, { SourceLatitude: 48, SourceLongitude: 2 })).problem!).at[0]).toBe('paris');
  });
  test('degrees in trigonometry are pointed out, of what is outside too', async () => {
    const bare = shop('external').replaceAll('rad(SourceLatitude)', 'SourceLatitude');
    expect((await posed(bare, everywhere, { SourceLatitude: 48, SourceLongitude: 2 })).codes.filter((c) => c === 'formula/degrees')).toHaveLength(2);
  });
  test('a data source has a place alone', async () => {
    const model = shop('component D.Db')
      .replace('variable Distance', `variable Cost { template ${templates}.CostTemplateEuros component Data.Orders } variable Distance`)
      .replace("formula '", "formula 'Cost + ");
    expect((await posed(model, everywhere)).codes).toContain('variable/data-source');
  });
});
