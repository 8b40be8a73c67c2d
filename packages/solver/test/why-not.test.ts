/** What contradicts each other in a model without solution, and what would help. */
import { describe, expect, test } from 'vitest';
import { cores, coresOf, cost, explained, formula, instancesOf, machines, memory, modelOf, pricesOf, responseTime, solveModel } from './models.js';
import { without, unitsOf } from '../src/why/units.js';
import { poser } from '../src/why/model.js';

/** Two components with a requirement set each. */
const webAndDb = (web = '', db = '', more: string[] = []): string[] => [
  'software Web { requirements WebReqs }',
  'software Db { requirements DbReqs }',
  `requirements WebReqs { horizontal scale R.WebScale ${web} }`,
  `requirements DbReqs { horizontal scale R.DbScale ${db} }`,
  ...more,
];
const scales = (web = '[1, 4]', db = '[1, 4]'): string[] => [`horizontal scale requirement WebScale ${web}`, `horizontal scale requirement DbScale ${db}`];
const gigabytes = (n: number): number => n * 1024;

describe('what contradicts', () => {
  test('is the bounds and requirements that no candidate meets together, not those that harm nobody', async () => {
    const model = await modelOf(
      {
        deployment: webAndDb('', 'resource R.Machine location R.InFrance provider R.Public'),
        requirements: [
          ...scales(),
          `resource requirement Machine { ${memory('[int 64')} ${cores('[int 2, int 99]')} }`,
          'location requirement InFrance [Locations.FR]',
          'provider requirement Public { cloud type public }',
        ],
      },
      machines(
        { memory: gigabytes(32), cores: 4, location: { id: 'a', country: 'FR' } },
        { memory: gigabytes(64), cores: 4, location: { id: 'b', country: 'DE' } },
        { memory: gigabytes(128), cores: 8, location: { id: 'c', country: 'FR' }, cloud: { id: 'own', provider: 'own', type: 'private' } },
      ),
    );
    const { conflicts, suggestions, answer } = await explained(model);
    expect(conflicts).toEqual([['Machine.ram', 'InFrance', 'Public']]);
    expect(answer.conflicts[0]!.map((c) => [c.says, c.place?.range.start.line])).toEqual([
      ['at least 64 GigaBytes of memory', 10],
      ['a location in FR', 11],
      ['cloud type public', 12],
    ]);
    expect(suggestions).toEqual(['Machine.ram 64 → 32 GigaBytes', 'InFrance also Locations.DE', 'Public public → any']);
    // Web is on the cheapest, 0.1 each; a month has 730 hours.
    expect(answer.suggestions.map((s) => s.then.costPerMonth)).toEqual([0.2, 0.3, 0.4].map((c) => expect.closeTo(c * 730, 6)));
  });

  test('is a constraint with its scale requirement and the value that was measured', async () => {
    const model = await modelOf(
      {
        deployment: webAndDb(),
        requirements: scales('[1, 3]'),
        variables: [instancesOf('Web'), `raw metric Load { template ${responseTime} }`, formula('Spare', 'Webs * 10 - Load')],
        constraints: ['variable constraint Enough : M.Spare >= 0.0', 'variable constraint Few : M.Webs <= 9.0'],
      },
      machines({}),
      { Load: 50 },
    );
    const { conflicts, suggestions } = await explained(model);
    expect(conflicts).toEqual([['WebScale', 'Load', 'Enough']]);
    expect(suggestions).toEqual(['WebScale at most 3 → 5 instances', 'Load 50 → 30', 'Enough 0 → -20']);
  });

  test('is told set by set where there are several that have nothing in common, and one change for each', async () => {
    const model = await modelOf(
      {
        deployment: webAndDb('resource R.Big', ''),
        requirements: [...scales('[1, 2]', '[3, 4]'), `resource requirement Big { ${cores('[int 16')} }`],
        variables: [instancesOf('Db')],
        constraints: ['variable constraint FewDbs : M.Dbs <= 1.0'],
      },
      machines({ cores: 2 }, { cores: 8 }),
    );
    const { conflicts, suggestions, answer } = await explained(model);
    expect(conflicts).toEqual([['Big.cores'], ['DbScale', 'FewDbs']]);
    expect(suggestions).toEqual(['Big.cores 16 → 8; FewDbs 1 → 3']);
    expect(answer.suggestions[0]!.then.cost).toBeCloseTo(0.2 + 0.3, 9);
  });

  test('may be one element only where sets overlap', async () => {
    const model = await modelOf(
      {
        deployment: webAndDb(),
        requirements: scales('[3, 4]', '[3, 4]'),
        variables: [instancesOf('Web'), instancesOf('Db')],
        constraints: ['variable constraint OneWeb : M.Webs <= 1.0', 'variable constraint TwoWebs : M.Webs <= 2.0'],
      },
      machines({}),
    );
    const { conflicts, suggestions } = await explained(model);
    // Without OneWeb alone TwoWebs still contradicts, so the scale is all that helps.
    expect(conflicts).toHaveLength(1);
    expect(suggestions).toEqual(['WebScale at least 3 → 1 instance']);
  });

  test('is nothing of the model where no candidate has the type that is needed', async () => {
    const { answer } = await explained(
      await modelOf({ deployment: webAndDb('resource R.Big'), requirements: [...scales(), `resource requirement Big { ${cores('[int 16')} }`] }, machines({ type: 'FAAS' })),
    );
    expect(answer).toMatchObject({ conflicts: [], unplaceable: ['Web', 'Db'], suggestions: [] });
  });

  test('is an objective that is defined nowhere', async () => {
    const model = await modelOf(
      {
        deployment: webAndDb(),
        requirements: [...scales(), 'optimisation requirement Best { variable M.Odd }', 'optimisation requirement Cheap { variable M.Cost minimise }'],
        variables: [instancesOf('Web'), cost, formula('Odd', 'ln(-Webs)')],
      },
      machines({}),
    );
    const { conflicts, suggestions } = await explained(model);
    expect(conflicts[0]).toContain('Best');
    expect(suggestions).toEqual(['Best without it']);
  });

  test('counts lists over the candidates as they are without a requirement', async () => {
    // The mean price of those that fit is 0.2 with the requirement, 0.15 without.
    const model = await modelOf(
      {
        deployment: webAndDb('resource R.Big', ''),
        requirements: [...scales(), `resource requirement Big { ${cores('[int 4')} }`],
        variables: [pricesOf('Web'), instancesOf('Web'), formula('Dearness', 'mean(WebPrices) + 0 * Webs')],
        constraints: ['variable constraint NotDear : M.Dearness <= 0.16'],
      },
      machines({ cores: 2 }, { cores: 4 }),
    );
    const { conflicts, suggestions } = await explained(model);
    expect(conflicts).toEqual([['Big.cores', 'NotDear']]);
    expect(suggestions).toEqual(['Big.cores 4 → 2', 'NotDear 0.16 → 0.2']);
  });

  test('is where components may stand', async () => {
    const model = await modelOf(
      {
        deployment: webAndDb('', '', [
          'coupling Together { type same-zone software [Web, Db] }',
          'separation Apart { type same-region software [Web, Db] }',
          'separation Rather { type same-cloud relaxed software [Web, Db] }',
        ]),
        requirements: scales(),
      },
      machines({ location: { id: 'z1', within: ['r1'] } }, { location: { id: 'z2', within: ['r1'] } }),
    );
    const { conflicts, suggestions } = await explained(model);
    expect(conflicts).toEqual([['Apart']]);
    expect(suggestions).toEqual(['Apart without it']);
  });

  test('is a component that may not move, where what it runs on does not fit any more', async () => {
    const candidates = machines({ cores: 2 }, { cores: 8 });
    const model = await modelOf(
      {
        deployment: ['software Web { [MetaDataModel.MELODICMetadataSchema.Unmoveable] requirements WebReqs }', 'requirements WebReqs { resource R.Big }'],
        requirements: [`resource requirement Big { ${cores('[int 4')} }`],
      },
      candidates,
    );
    const hosts = [{ candidate: 'c0', number: 1, components: ['Web'], place: { file: 'now.json', range: model.application.components[0]!.place.range } }];
    const running = { deployment: { hosts, places: new Map() }, candidates: new Map(candidates.map((c) => [c.id, c])), minGain: 0 };
    const { conflicts, suggestions } = await explained({ ...model, inputs: { ...model.inputs, running } });
    expect(conflicts).toEqual([['Web', 'Big.cores']]);
    expect(suggestions).toEqual(['Web without it', 'Big.cores 4 → 2']);
  });

  test('is what may not share a host, with how many hosts there are', async () => {
    const model = await modelOf(
      { deployment: ['placement shared', ...webAndDb('', '', ['separation Apart { type same-host software [Web, Db] }'])], requirements: scales() },
      machines({ limit: 1, cores: 8 }),
    );
    const { conflicts, suggestions } = await explained(model);
    expect(conflicts).toEqual([['Apart', 'c0']]);
    expect(suggestions).toEqual(['Apart without it', 'c0 1 → 2 hosts']);
  });

  test('is what stands everywhere, with the demands that leave it no room', async () => {
    const model = await modelOf(
      {
        deployment: [
          'placement shared',
          'software Web { requirements WebReqs }',
          'software Exporter { everywhere requirements ExporterReqs }',
          'requirements WebReqs { resource R.Large }',
          'requirements ExporterReqs { resource R.Small }',
        ],
        requirements: [`resource requirement Large { ${cores('[int 4')} }`, `resource requirement Small { ${cores('[int 1')} ${memory('[int 1')} }`],
      },
      machines({ cores: 4, memory: gigabytes(4) }),
    );
    const { conflicts, suggestions } = await explained(model);
    expect(conflicts).toEqual([['Exporter', 'Large.cores', 'Small.cores']]);
    // Whatever an exporter takes, four cores are not left.
    expect(suggestions).toEqual(['Exporter without it', 'Large.cores 4 → 3', 'Small.cores without it']);
  });

  test('is said to be more than needed where there was no time', async () => {
    const model = await modelOf(
      { deployment: webAndDb('resource R.Big'), requirements: [...scales(), `resource requirement Big { ${cores('[int 16')} }`] },
      machines({ cores: 2 }),
    );
    let clock = 0;
    const { answer } = await explained(model, { timeLimit: 1, now: () => (clock += 300) });
    expect(answer.minimal).toBe(false);
    expect(answer.conflicts[0]!.map((c) => c.name)).toContain('Big.cores');
  });
});

describe('the smallest change', () => {
  const one = (requirement: string, kind: string): string[] => ['software Web { requirements WebReqs }', `requirements WebReqs { ${kind} R.Asked ${requirement} }`];

  test.each([
    ['[int 10', 'Asked.cores 10 → 7'],
    ['(int 8', 'Asked.cores 8 → 6'],
    ['[int 9, int 20]', 'Asked.cores 9 → 7'],
    ['[int 1, int 2]', 'Asked.cores 2 → 5'],
    ['[int 1, int 5)', 'Asked.cores 5 → 6'],
    ['int 6', 'Asked.cores 6 → 5'],
  ])('of cores %s is %s', async (interval, expected) => {
    const model = await modelOf(
      { deployment: one('', 'resource'), requirements: [`resource requirement Asked { ${cores(interval)} }`] },
      machines({ cores: 5 }, { cores: 7 }, { cores: 8, limit: 0 }, { cores: 5.5, type: 'FAAS' }),
    );
    const { suggestions } = await explained(model);
    expect(suggestions).toContain(expected);
  });

  test('of memory is in the unit of the model, and no fraction of a whole number', async () => {
    const model = await modelOf(
      { deployment: one('', 'resource'), requirements: [`resource requirement Asked { ${memory('[int 64')} }`] },
      machines({ memory: 15.6 * 1024 }, { memory: 4096 }),
    );
    expect((await explained(model)).suggestions).toEqual(['Asked.ram 64 → 15 GigaBytes']);
  });

  test('of a provider is the one with the best utility, not the cheapest', async () => {
    const clouds = ['a', 'b', 'c'].map((provider) => ({ cloud: { id: provider, provider, type: 'public' as const } }));
    const model = await modelOf(
      {
        deployment: one('', 'provider'),
        requirements: ["provider requirement Asked { provider names ['x'] }", 'optimisation requirement Best { variable M.Power }'],
        variables: [coresOf('Web'), formula('Power', 'WebCores')],
      },
      machines({ ...clouds[0], cores: 2 }, { ...clouds[1], cores: 9 }, { ...clouds[2], cores: 4 }),
    );
    const { suggestions, answer } = await explained(model);
    expect(suggestions).toEqual(['Asked also b']);
    expect(answer.suggestions[0]!.then).toMatchObject({ utility: 9, cost: 0.2 });
  });

  test.each([
    ['M.Cost <= 0.2', 'Budget 0.2 → 0.63'],
    ['M.Cost < 0.63', 'Budget 0.63 → 0.631'],
    ['M.Webs < 2.0', 'Budget 2 → 4'],
    ['M.Webs == 2.0', 'Budget 2 → 3'],
    ['M.Left >= 1.0', 'Budget 1 → 0.37'],
  ])('of the constraint %s is %s', async (constraint, expected) => {
    const model = await modelOf(
      {
        deployment: ['software Web { requirements WebReqs }', 'requirements WebReqs { horizontal scale R.WebScale }'],
        requirements: ['horizontal scale requirement WebScale [3, 4]'],
        variables: [cost, instancesOf('Web'), formula('Left', '1 - Cost')],
        constraints: [`variable constraint Budget : ${constraint}`],
      },
      machines({ price: 0.21 }),
    );
    expect((await explained(model)).suggestions).toContain(expected);
  });

  test('of a logical constraint is in one of its comparisons', async () => {
    const model = await modelOf(
      {
        deployment: webAndDb(),
        requirements: scales(),
        variables: [instancesOf('Web'), instancesOf('Db'), cost],
        constraints: ['logical constraint Both : and (variable constraint Big : M.Webs >= 3.0, variable constraint Cheap : M.Cost <= 0.2)'],
      },
      machines({}),
    );
    expect((await explained(model)).suggestions).toEqual(['Both M.Cost <= 0.2 → 0.4']);
  });

  test('of how many there are is one number', async () => {
    const model = await modelOf({ deployment: webAndDb(), requirements: scales('[2, 4]', '[3, 4]') }, machines({ limit: 4 }));
    const { conflicts, suggestions } = await explained(model);
    expect(conflicts).toEqual([['WebScale', 'DbScale', 'c0']]);
    expect(suggestions).toEqual(['WebScale at least 2 → 1 instance', 'DbScale at least 3 → 2 instances', 'c0 4 → 5 hosts']);
  });

  test('of a component without scale requirement is more instances', async () => {
    const model = await modelOf({ deployment: ['software Web { }'], variables: [instancesOf('Web')], constraints: ['variable constraint Enough : M.Webs >= 3.0'] }, machines({}));
    const { conflicts, suggestions } = await explained(model);
    expect(conflicts).toEqual([['Web', 'Enough']]);
    expect(suggestions).toEqual(['Web 1 → 3 instances', 'Enough 3 → 1']);
  });

  test('of an alternative or a mandatory port is to leave it out', async () => {
    const model = await modelOf(
      {
        deployment: [
          'software Web { required communication ToDb port 1 mandatory }',
          'software Db { provided communication DbPort port 1 }',
          'software Cache { }',
          'communication WebToDb from Web.ToDb to Db.DbPort',
          'alternative DbOrCache { software [Db, Cache] }',
        ],
        variables: [instancesOf('Cache')],
        constraints: ['variable constraint Cached : M.Caches >= 1.0'],
      },
      machines({}),
    );
    const { conflicts, suggestions } = await explained(model);
    expect(conflicts).toEqual([['Web.ToDb', 'DbOrCache', 'Cached']]);
    expect(suggestions).toEqual(['Web.ToDb without it', 'DbOrCache without it', 'Cached 1 → 0']);
  });
});

test('every unit of a model is one wherever it counts', async () => {
  const model = await modelOf(
    {
      deployment: ['global requirements G', 'requirements G { resource R.Machine horizontal scale R.Scale }', 'software A { }', 'software B { }'],
      requirements: [`resource requirement Machine { ${cores('[int 2, int 4]')} }`, 'horizontal scale requirement Scale [2, 3]'],
    },
    machines({ cores: 2 }),
  );
  const units = unitsOf(model, poser()(model)!);
  expect(units.map((u) => u.kind)).toEqual(['requirement', 'requirement', 'scale', 'scale']);
  const open = units.reduce(without, model);
  expect(open.application.components.map((c) => [c.requirements, c.scale.minimum, c.scale.maximum])).toEqual([
    [[], 1, null],
    [[], 1, null],
  ]);
  expect((await solveModel(open)).solution!.status).toBe('optimal');
});
