/** What is measured, computed, demanded and optimised. */
import { describe, expect, it } from 'vitest';
import type { Expression } from '../src/model.js';
import { applicationOf, prefix, templates, units } from './model.js';

const model = (metrics: string, more = ''): string => `camel model M {
  deployment model D { software S { requirements R } requirements R { horizontal scale Q.Some } }
  requirement model Q { horizontal scale requirement Some [1, 3] ${more} }
  metric model X { ${metrics} }
}`;

describe('variables', () => {
  it("are decisions by the annotation on their template's attribute, in the unit of the template", async () => {
    const { application } = await applicationOf(
      model(`
      measurable attribute price [MetaDataModel.MELODICMetadataSchema.UtilityNotions.UtilityRelatedProperties.Cost]
      template Monthly { attribute price unit U.EurosPerMonth }
      variable Month { template Monthly }
      variable Cores { template ${templates}.CoresTemplate component D.S }
      variable Memory { template ${templates}.MemoryTemplateGigaBytes component D.S on candidates }
      variable Now { template ${templates}.ComponentInstanceTemplate component D.S current-config }
    } unit model U { composite unit EurosPerMonth { formula 'Euros / Months' } single unit Euros { } single unit Months { }`),
    );
    const meaning = (name: string): unknown => application.variables[`X.${name}`]!.meaning;
    expect(meaning('Month')).toEqual({ kind: 'decision', attribute: 'price', of: 'solution', factor: 730, currency: 'EUR' });
    expect(meaning('Cores')).toEqual({ kind: 'decision', attribute: 'cores', of: 'solution', component: 'S', factor: 1 });
    expect(meaning('Memory')).toEqual({ kind: 'decision', attribute: 'memory', of: 'candidates', component: 'S', factor: 1 / 1024 });
    expect(meaning('Now')).toEqual({ kind: 'decision', attribute: 'cardinality', of: 'current', component: 'S', factor: 1 });
  });

  it('have formulas with the usual precedence', async () => {
    const formulas = { a: '-2^2', b: '(-2)^2', c: '2^-1', d: '2^3^2', e: '1 - 2 - 3 * 4 / 5', f: '1 < 2 && 3 >= 2 || ~(1 = 2)', g: 'min(1, 2 + 3)', h: '2 * -3', i: 'pi' };
    const { application } = await applicationOf(
      model(
        Object.entries(formulas)
          .map(([name, f]) => `variable ${name} { template ${templates}.UtilityTemplate formula '${f}' }`)
          .join('\n'),
      ),
    );
    const written = Object.fromEntries(
      Object.keys(formulas).map((name) => {
        const { meaning } = application.variables[`X.${name}`]!;
        return [name, meaning.kind === 'formula' ? prefix(meaning.expression) : meaning.kind];
      }),
    );
    expect(written).toEqual({
      a: '(neg (^ 2 2))',
      b: '(^ (neg 2) 2)',
      c: '(^ 2 (neg 1))',
      d: '(^ 2 (^ 3 2))',
      e: '(- (- 1 2) (/ (* 3 4) 5))',
      f: '(or (and (< 1 2) (>= 3 2)) (not (== 1 2)))',
      g: 'min(1 (+ 2 3))',
      h: '(* 2 (neg 3))',
      i: String(Math.PI),
    });
  });

  it('of thousands of terms nest nowhere deep, and keep their value', async () => {
    const terms = Array.from({ length: 5000 }, (_, i) => `${i % 3 === 0 ? '-' : '+'} ${i}`).join(' ');
    const { application } = await applicationOf(
      model(`variable v { template ${templates}.UtilityTemplate formula '1 ${terms}' } variable p { template ${templates}.UtilityTemplate formula '8 ${'* 2 / 2 '.repeat(50)}' }`),
    );
    const depth = (e: Expression): number => (e.kind === 'operator' ? 1 + Math.max(...e.operands.map(depth)) : 0);
    const value = (e: Expression): number => {
      if (e.kind !== 'operator') return (e as { value: number }).value;
      const [a, b] = e.operands.map(value) as [number, number];
      return { '+': a + b, '-': a - b, '*': a * b, '/': a / b }[e.operator as '+'];
    };
    const formula = (name: string): Expression => (application.variables[`X.${name}`]!.meaning as { expression: Expression }).expression;
    expect(depth(formula('v'))).toBeLessThan(20);
    expect(value(formula('v'))).toBe(Array.from({ length: 5000 }, (_, i) => (i % 3 === 0 ? -i : i)).reduce((a, b) => a + b, 1));
    expect(value(formula('p'))).toBe(8);
  });

  it('in degrees are warned of in trigonometry, unless they are converted', async () => {
    const formulas = {
      a: 'sin(Lat)',
      b: 'cos(Lat / 100)',
      c: 'tan(Half + 1)',
      d: 'cos(max(Latitudes))',
      e: 'sin(Angle)',
      f: 'sin(rad(Lat))',
      g: 'cos(Lat * pi / 180)',
      h: 'cos(3.14 / 180 * Lat)',
      i: 'sin(Cores)',
      j: 'acos(Lat)',
      k: 'sin(Radians)',
      l: 'sin(Lat / Cores)',
    };
    const { reported } = await applicationOf(
      model(`
      variable Lat { template ${templates}.LatitudeTemplate component D.S }
      variable Latitudes { template ${templates}.LatitudeTemplate component D.S on candidates }
      variable Cores { template ${templates}.CoresTemplate component D.S }
      variable Half { template ${templates}.UtilityTemplate formula 'Lat / 2' }
      measurable attribute direction
      template Degrees { attribute direction unit ${units}.Degrees }
      template Radians { attribute direction unit ${units}.Radians }
      raw metric Angle { template Degrees }
      raw metric Radians { template Radians }
      ${Object.entries(formulas)
        .map(([name, f]) => `variable ${name} { template ${templates}.UtilityTemplate formula '${f}' }`)
        .join('\n')}`),
    );
    expect(reported.filter((r) => r.startsWith('formula/degrees'))).toEqual(['Lat', 'Lat / 100', 'Half + 1', 'max(Latitudes)', 'Angle'].map((text) => `formula/degrees ${text}`));
  });

  it('put user functions in place', async () => {
    const { application } = await applicationOf(
      model(`
      function square { expression 'x * x' arguments ['x'] }
      raw metric Load { template ${templates}.CPUUtilisationTemplate }
      variable v { template ${templates}.UtilityTemplate formula 'square(Load + 1)' }`),
    );
    const { meaning } = application.variables['X.v']!;
    expect(meaning.kind === 'formula' && prefix(meaning.expression)).toBe('(* (+ Load 1) (+ Load 1))');
  });
});

describe('constraints and objectives', () => {
  it('a constraint of an SLO, and each it is made of, only triggers; one inside another is a part of it', async () => {
    const { application } = await applicationOf(
      model(
        `variable a { template ${templates}.UtilityTemplate formula '1' }
       } constraint model C {
         variable constraint Bound : X.a <= 1.0
         variable constraint High : X.a > 2.0
         variable constraint Low : X.a < 0
         variable constraint One : X.a > 5.0
         logical constraint Either : or (High, Low)
         logical constraint Both : and (One, Bound)`,
        'slo S constraint C.Either',
      ),
    );
    expect(Object.fromEntries(application.constraints.map((c) => [c.name, c.role]))).toEqual({
      Bound: 'part',
      High: 'slo',
      Low: 'slo',
      One: 'part',
      Either: 'slo',
      Both: 'binding',
    });
  });

  it('a constraint of an event triggers too', async () => {
    const { application } = await applicationOf(
      model(
        `variable a { template ${templates}.UtilityTemplate formula '1' }
       } constraint model C { variable constraint High : X.a > 2.0 variable constraint Bound : X.a <= 1.0
       } scalability model E { nonfunctional Fires { constraint C.High }`,
        'slo S event E.Fires',
      ),
    );
    expect(application.constraints.map((c) => [c.name, c.role])).toEqual([
      ['High', 'slo'],
      ['Bound', 'binding'],
    ]);
  });

  it('optimisation requirements stand in order of priority', async () => {
    const { application } = await applicationOf(
      model(
        `variable a { template ${templates}.UtilityTemplate formula '1' } variable b { template ${templates}.UtilityTemplate formula '2' }`,
        'optimisation requirement Later { variable X.a priority 1.0 minimise } optimisation requirement First { variable X.b priority 2.5 }',
      ),
    );
    expect(application.objectives.map((o) => [o.name, o.variable, o.minimise])).toEqual([
      ['First', 'X.b', false],
      ['Later', 'X.a', true],
    ]);
  });
});
