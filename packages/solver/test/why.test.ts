/** Why a solution is as it is: the next best candidate, what excludes better ones, what the numbers hang on. */
import { describe, expect, test } from 'vitest';
import type { NodeCandidate } from '@camelc/candidates';
import { why, type Model, type Solution } from '../src/index.js';
import { poser } from '../src/why/model.js';
import { cores, coresOf, cost, formula, instancesOf, machines, memory, modelOf, solveModel } from './models.js';

async function solved(model: Model): Promise<Solution> {
  const { solution } = await solveModel(model);
  expect(solution?.status).toBe('optimal');
  return why(model, poser()(model)!, solution!);
}

const gigabytes = (n: number): number => n * 1024;
const scale = (range: string): string => `horizontal scale requirement Scale ${range}`;
const web = ['software Web { requirements WebReqs }', 'requirements WebReqs { resource R.Machine location R.InFrance horizontal scale R.Scale }'];
const france = { location: { id: 'paris', country: 'FR' } };
const germany = { location: { id: 'berlin', country: 'DE' } };

describe('a component', () => {
  const list = (): NodeCandidate[] =>
    machines(
      { cores: 2, price: 0.1, ...france },
      { cores: 4, price: 0.3, ...france },
      { cores: 8, price: 0.35, ...france },
      { cores: 4, price: 0.2, ...germany },
      { cores: 1, price: 0.01, ...germany },
    );

  test('is told the next best candidate, and for each requirement the best one that it alone excludes', async () => {
    const model = await modelOf(
      { deployment: web, requirements: [`resource requirement Machine { ${cores('[int 4')} }`, 'location requirement InFrance [Locations.FR]', scale('[2, 4]')] },
      list(),
    );
    const { nextBest, binding } = (await solved(model)).components[0]!.reasons!;
    expect(nextBest).toEqual({ candidate: 'c2', extraCost: expect.closeTo(0.05, 9) });
    expect(binding!.map((b) => [b.candidate, b.requirements.map((r) => r.name)])).toEqual([
      ['c0', ['Machine.cores']],
      ['c3', ['InFrance']],
    ]);
    expect(binding![0]).toMatchObject({
      extraCost: expect.closeTo(-0.2, 9),
      requirements: [{ kind: 'requirement', says: 'at least 4 cores', place: { range: { start: { line: 6 } } } }],
    });
  });

  test('is told all requirements that exclude a better candidate together where none does alone', async () => {
    const model = await modelOf(
      { deployment: web, requirements: [`resource requirement Machine { ${cores('[int 4')} }`, 'location requirement InFrance [Locations.FR]', scale('[1, 4]')] },
      list().filter((c) => ['c1', 'c4'].includes(c.id)),
    );
    expect((await solved(model)).components[0]!.reasons).toMatchObject({ binding: [{ candidate: 'c4', requirements: [{ name: 'Machine.cores' }, { name: 'InFrance' }] }] });
  });

  test('is told nothing of candidates that would be cheaper and worse', async () => {
    const model = await modelOf(
      {
        deployment: web,
        requirements: [
          `resource requirement Machine { ${cores('[int 4')} }`,
          'location requirement InFrance [Locations.FR]',
          scale('[1, 4]'),
          'optimisation requirement Best { variable M.Power }',
        ],
        variables: [coresOf('Web'), formula('Power', 'WebCores')],
      },
      list(),
    );
    expect((await solved(model)).components[0]!.reasons).toEqual({
      nextBest: { candidate: 'c1', extraCost: expect.closeTo(-0.05, 9), utility: 4 },
      fewer: [expect.objectContaining({ kind: 'scale', says: 'at least 1 instance' })],
    });
  });

  test('is told what one instance less would break, and what keeps it from having one more where that would be better', async () => {
    const model = await modelOf(
      {
        deployment: web,
        requirements: [
          `resource requirement Machine { ${cores('[int 1')} }`,
          'location requirement InFrance [Locations.FR]',
          scale('[2, 4]'),
          'optimisation requirement Best { variable M.Webs }',
        ],
        variables: [instancesOf('Web'), cost],
        constraints: ['variable constraint Budget : M.Cost <= 0.25', 'variable constraint Enough : M.Webs >= 2.0'],
      },
      list(),
    );
    const { fewer, more } = (await solved(model)).components[0]!.reasons!;
    expect(fewer!.map((c) => [c.kind, c.name, c.says])).toEqual([
      ['scale', 'Scale', 'at least 2 instances'],
      ['constraint', 'Enough', 'M.Webs >= 2'],
    ]);
    expect(more!.map((c) => c.name)).toEqual(['Budget']);
  });
});

test('components that share their hosts are told of candidates for both', async () => {
  const model = await modelOf(
    {
      deployment: [
        'software Web { requirements WebReqs }',
        'software Db { requirements WebReqs }',
        'requirements WebReqs { resource R.Machine horizontal scale R.Scale }',
        'coupling Together { type same-host software [Web, Db] }',
      ],
      requirements: [`resource requirement Machine { ${cores('[int 2')} }`, scale('[1, 3]')],
      variables: [instancesOf('Web')],
      constraints: ['variable constraint Enough : M.Webs >= 2.0'],
    },
    machines({ cores: 4, price: 0.1 }, { cores: 8, price: 0.3 }),
  );
  const { components } = await solved(model);
  for (const { reasons } of components) {
    expect(reasons).toMatchObject({ nextBest: { candidate: 'c1', extraCost: expect.closeTo(0.2, 9) } });
    expect(reasons!.fewer!.map((f) => f.name)).toEqual(['Enough']);
  }
});

describe('hosts that components share', () => {
  const shared = (more: string[] = []): string[] => [
    'placement shared',
    'software Web { requirements WebReqs }',
    'software Db { requirements DbReqs }',
    'requirements WebReqs { resource R.Small horizontal scale R.Scale }',
    'requirements DbReqs { resource R.Small }',
    ...more,
  ];
  const requirements = [`resource requirement Small { ${memory('[int 3')} ${cores('[int 1')} }`, scale('[2, 4]')];
  const list = machines(
    { memory: gigabytes(4), cores: 4, price: 0.1 },
    { memory: gigabytes(8), cores: 4, price: 0.15 },
    { memory: gigabytes(16), cores: 8, price: 0.2 },
    { memory: gigabytes(2), cores: 8, price: 0.01 },
  );

  test('are told the next best candidate, and what is short on a cheaper one', async () => {
    const { hosts, components } = await solved(await modelOf({ deployment: shared(), requirements }, list));
    expect(hosts.map((h) => [h.candidate, h.number, h.components])).toEqual([
      ['c0', 1, ['Web']],
      ['c1', 1, ['Web', 'Db']],
    ]);
    expect(hosts[1]!.reasons).toMatchObject({
      nextBest: { candidate: 'c2', extraCost: expect.closeTo(0.05, 9) },
      binding: [
        { candidate: 'c3', requirements: [{ name: 'Small.ram', says: 'at least 3 GigaBytes of memory' }] },
        { candidate: 'c0', requirements: [], room: { resource: 'memory', asked: gigabytes(6), has: gigabytes(4) } },
      ],
    });
    expect(components.map((c) => c.reasons?.fewer?.map((f) => f.name))).toEqual([['Scale'], ['Db']]);
  });

  test('are told the constraint that holds a number', async () => {
    const { components } = await solved(
      await modelOf(
        {
          deployment: shared(),
          requirements: [requirements[0]!, scale('[1, 4]')],
          variables: [instancesOf('Web'), instancesOf('Db')],
          constraints: ['variable constraint Enough : M.Webs >= 2.0'],
        },
        list,
      ),
    );
    expect(components[0]!.reasons?.fewer?.map((f) => f.name)).toEqual(['Enough']);
  });
});
