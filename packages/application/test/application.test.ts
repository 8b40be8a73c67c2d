import { describe, expect, it } from 'vitest';
import type { Expression } from '../src/model.js';
import { applicationOf, prefix } from './model.js';

const units = 'UnitTemplateCamelModel.UnitTemplateModel';
const cpu = 'MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing.CPU';
const ram = 'MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing.RAM.TotalMemory';
const templates = 'MetricTemplateCamelModel.MetricTemplateModel';

const withRequirement = (requirement: string, reference: string): string => `camel model M {
  deployment model D { software S { requirements R } requirements R { ${reference} } }
  requirement model Q { ${requirement} horizontal scale requirement One [1, 1] }
}`;

async function boundsOf(attributes: string): Promise<string[]> {
  const { application } = await applicationOf(withRequirement(`resource requirement X { ${attributes} }`, 'resource Q.X'));
  return application.components[0]!.requirements.map((r) => (r.kind === 'attribute' ? `${r.id}: ${r.attribute} ${r.bound} ${r.value}${r.inclusive ? '' : ' exclusive'}` : r.kind));
}

describe('resource requirements', () => {
  it('reads paired minimum and maximum, and intervals with their brackets', async () => {
    expect(await boundsOf(`attribute a [${cpu}.hasMinNumberofCores] : int 1 attribute b [${cpu}.hasMaxNumberofCores] : int 4`)).toEqual([
      'X.a: cores minimum 1',
      'X.b: cores maximum 4',
    ]);
    expect(await boundsOf(`attribute c [${cpu}.hasNumberofCores] : (int 2, int 8]`)).toEqual(['X.c: cores minimum 2 exclusive', 'X.c: cores maximum 8']);
    expect(await boundsOf(`attribute c [${cpu}.hasNumberofCores] : , int 8)`)).toEqual(['X.c: cores maximum 8 exclusive']);
  });

  it('converts units, and finds attributes in sub-features', async () => {
    expect(await boundsOf(`feature f { feature g { attribute r [${ram}] : [int 8 ${units}.GigaBytes } }`)).toEqual(['X.r: memory minimum 8192']);
  });

  it("knows every schema's spelling of an annotation", async () => {
    const other = 'MetadataModel.MELODICMetadataSchema.Application_Placement_Model.IaaS.Processing_.Memory.ProcessingMemory.RAM.TotalMemory.hasSize_';
    expect(await boundsOf(`attribute r [${other}] : [int 4096, int 8192] ${units}.MegaBytes`)).toEqual(['X.r: memory minimum 4096', 'X.r: memory maximum 8192']);
  });

  it('tells attributes without annotation from their name and unit', async () => {
    const { application } = await applicationOf(
      withRequirement(`resource requirement X { attribute minRam : int 2 ${units}.GigaBytes attribute maxCores : int 4 attribute colour : string 'red' }`, 'resource Q.X'),
    );
    expect(application.components[0]!.requirements.map((r) => r.kind === 'attribute' && [r.attribute, r.bound, r.value])).toEqual([
      ['memory', 'minimum', 2048],
      ['cores', 'maximum', 4],
      ['colour', 'equal', 'red'],
    ]);
  });

  it('pairs minimum and maximum of any attribute by its name', async () => {
    expect(await boundsOf('attribute minGpus : int 1 attribute maxGpus : int 4 attribute minutes : int 5')).toEqual([
      'X.minGpus: gpus minimum 1',
      'X.maxGpus: gpus maximum 4',
      'X.minutes: minutes equal 5',
    ]);
  });
});

describe('requirement sets', () => {
  it('a component overrides the global set per kind as a whole', async () => {
    const { application } = await applicationOf(`camel model M {
      deployment model D {
        global requirements G
        software S { requirements R }
        software T { }
        requirements G { location Q.InEurope provider Q.Public horizontal scale Q.Two }
        requirements R { location Q.InFrance }
      }
      requirement model Q {
        location requirement InEurope [Locations.EU]
        location requirement InFrance [Locations.FR]
        provider requirement Public { cloud type public provider names ['one', 'two'] }
        horizontal scale requirement Two [2, -1]
      }
    }`);
    const [s, t] = application.components;
    expect(s!.requirements.map((r) => [r.id, r.kind, r.global])).toEqual([
      ['Public', 'provider', true],
      ['Public', 'cloud-type', true],
      ['InFrance', 'location', false],
    ]);
    expect(s!.requirements.find((r) => r.kind === 'location')).toMatchObject({ regions: ['FR'] });
    const european = t!.requirements.find((r) => r.kind === 'location') as { regions: string[] };
    expect(european.regions).toEqual(expect.arrayContaining(['DE', 'FR', 'IE', 'CY', 'EU']));
    expect(european.regions).not.toContain('CH');
    expect(t!.scale).toMatchObject({ minimum: 2, maximum: null });
  });

  it('takes cloud locations with those below them, and own regions with their children', async () => {
    const { application } = await applicationOf(`camel model M {
      deployment model D { software S { requirements R } requirements R { location Q.Near } }
      requirement model Q { location requirement Near [L.Home, L.cloud1, L.EU] horizontal scale requirement One [1, 1] }
      location model L {
        region Home { name Home }
        region AT { name Austria parents [L.Home] }
        region EU { name Europe }
        cloud location cloud1 { name c isAssignable sub-locations [cloud location zone1 { name z isAssignable }] }
      }
    }`);
    const near = application.components[0]!.requirements[0] as { regions: string[]; locations: string[] };
    expect(near.locations).toEqual(['cloud1', 'zone1']);
    expect(near.regions).toEqual(expect.arrayContaining(['Home', 'AT', 'EU', 'DE']));
  });
});

it('a region contains the cloud locations that say they are in it, and a cloud location those that name it as parent', async () => {
  const { application } = await applicationOf(`camel model M {
    deployment model D { software S { requirements R } software T { requirements RT } requirements R { location Q.Near } requirements RT { location Q.There } }
    requirement model Q { location requirement Near [L.Home] location requirement There [L.cloud1] }
    location model L {
      region Home { name Home }
      region AT { name Austria parents [L.Home] }
      cloud location cloud1 { name c isAssignable L.AT }
      cloud location zone1 { name z isAssignable parent L.cloud1 }
      cloud location far { name f isAssignable }
    }
  }`);
  expect(application.components.map((c) => c.requirements[0])).toMatchObject([
    { regions: ['AT', 'Home'], locations: ['cloud1', 'zone1'] },
    { regions: [], locations: ['cloud1', 'zone1'] },
  ]);
});

describe('variables', () => {
  const model = (metrics: string, more = ''): string => `camel model M {
    deployment model D { software S { requirements R } requirements R { horizontal scale Q.Some } }
    requirement model Q { horizontal scale requirement Some [1, 3] ${more} }
    metric model X { ${metrics} }
  }`;

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

it('says that `all` of a location requirement is not looked at', async () => {
  const { reported } = await applicationOf(`camel model M {
    deployment model D {
      software S { requirements R }
      requirements R { location Q.Two }
    }
    requirement model Q { location requirement Two [Locations.FR, Locations.DE] all }
  }`);
  expect(reported.filter((r) => !r.startsWith('scale') && !r.startsWith('objective'))).toEqual(['location/all Two']);
});

it("reads images the guidebook's way, with docker arguments", async () => {
  const { application } = await applicationOf(`camel model M { deployment model D { software S {
    script configuration C {
      devops 'docker'
      feature Args {
        [MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.PaaS.Environment.Container.Docker.DockerArguments]
        attribute u : string 'username $DOCKER_USER'
        attribute g : string 'group  one two'
      }
      attribute '$REG:443/a/b:latest'
    }
  } } }`);
  expect(application.components[0]!.configuration).toMatchObject({
    kind: 'docker',
    image: '$REG:443/a/b:latest',
    arguments: [
      { key: 'username', value: '$DOCKER_USER' },
      { key: 'group', value: 'one two' },
    ],
  });
});

it('of several configurations takes the one for containers, with its requirements', async () => {
  const { application } = await applicationOf(`camel model M { deployment model D { software S {
    script configuration Bare { install 'make' requirements B { provider Q.One } }
    container configuration Boxed { image 'example/s:1' requirements C { provider Q.Two } }
  } } requirement model Q { provider requirement One { provider names ['one'] } provider requirement Two { provider names ['two'] } } }`);
  expect(application.components[0]).toMatchObject({ configuration: { kind: 'container', name: 'Boxed' }, requirements: [{ id: 'Two' }] });
});

it('takes what stands in camel models without components as parts of the application', async () => {
  const { application, reported } = await applicationOf(
    `camel model One { deployment model D { software S { requirements R } requirements R { horizontal scale Q.Some } } }`,
    `camel model Two {
      requirement model Q { horizontal scale requirement Some [1, 3] optimisation requirement O { variable X.N } }
      metric model X { variable N { template ${templates}.ComponentInstanceTemplate component D.S } }
      constraint model K { variable constraint Few : X.N <= 2.0 }
    }`,
  );
  expect(application.components[0]!.scale).toMatchObject({ minimum: 1, maximum: 3 });
  expect(application.objectives.map((o) => o.variable)).toEqual(['X.N']);
  expect(application.constraints.map((c) => [c.name, c.role])).toEqual([['Few', 'binding']]);
  expect(reported).toEqual([]);
});

it('leaves out what a part says of components of another application', async () => {
  const { application, reported } = await applicationOf(
    `camel model One { deployment model D { software S { requirements R } requirements R { horizontal scale Q.Some } } }`,
    `camel model Shared {
      requirement model Q { horizontal scale requirement Some [1, 3] optimisation requirement O { variable X.Twice } }
      metric model X {
        variable N { template ${templates}.ComponentInstanceTemplate component E.T }
        variable Twice { template ${templates}.ComponentInstanceTemplate formula '2 * N' }
      }
      constraint model K { variable constraint Few : X.N <= 2.0 }
    }`,
    `camel model Other { deployment model E { software T { } } }`,
  );
  expect(application).toMatchObject({ objectives: [], constraints: [] });
  expect(reported.filter((r) => r.startsWith('application/other-component'))).toHaveLength(2);
});
