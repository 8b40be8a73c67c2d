import { describe, expect, it } from 'vitest';
import { applicationOf, templates, units } from './model.js';

const cpu = 'MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing.CPU';
const ram = 'MetaDataModel.MELODICMetadataSchema.ApplicationPlacementModel.IaaS.Processing.RAM.TotalMemory';

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

  it('says what it asks for in words', async () => {
    const attributes = `attribute minGpus : int 1 attribute tier : string 'gold' attribute r [${ram}] : (int 8 ${units}.GigaBytes attribute cores : int 1`;
    const { application } = await applicationOf(withRequirement(`resource requirement X { ${attributes} }`, 'resource Q.X'));
    expect(application.components[0]!.requirements.map((r) => r.text)).toEqual(['gpus of at least 1', 'tier gold', 'more than 8 GigaBytes of memory', 'exactly 1 core']);
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
