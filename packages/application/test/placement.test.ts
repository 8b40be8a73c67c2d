import { catalogue, type Code } from '@camelc/diagnostics';
import { describe, expect, it } from 'vitest';
import type { Application } from '../src/model.js';
import { applicationOf } from './model.js';

const rulesOf = async (text: string): Promise<Pick<Application, 'couplings' | 'separations' | 'alternatives'>> => {
  const software = ['A', 'B', 'C', 'D'].map((name) => `software ${name} { }`).join(' ');
  return (await applicationOf(`camel model M { deployment model T { placement shared ${software} ${text} } }`)).application;
};

const placementCodes = async (text: string): Promise<string[]> => {
  const { reported } = await applicationOf(`camel model M { deployment model T { ${text} } }`);
  return reported.filter((r) => r.startsWith('placement/'));
};

describe('the example of each diagnostic of placement raises it', () => {
  const examples = (Object.entries(catalogue) as [Code, { example?: string }][]).filter(([code]) => code.startsWith('placement/'));
  it.each(examples)('%s', async (code, { example }) => {
    expect((await applicationOf(example!)).reported.map((r) => r.split(' ')[0])).toContain(code);
  });
});

describe('couplings, separations and alternatives', () => {
  it('are of their level, and relaxed where they say so', async () => {
    expect(
      await rulesOf('coupling N { type same-zone relaxed software [B, A] } separation S { type same-host software [A] from [B, C] } alternative O { software [C, T.D] }'),
    ).toMatchObject({
      couplings: [{ name: 'N', level: 'zone', relaxed: true, components: ['B', 'A'] }],
      separations: [{ name: 'S', level: 'host', relaxed: false, components: ['A'], from: ['B', 'C'] }],
      alternatives: [{ name: 'O', components: ['C', 'D'] }],
    });
  });

  it('of one component say something in a separation alone', async () => {
    expect(await rulesOf('separation Spread { type same-region software [A] }')).toMatchObject({ separations: [{ level: 'region', components: ['A'] }] });
    expect((await rulesOf('separation Spread { type same-host software [A] }')).separations[0]).not.toHaveProperty('from');
    for (const rule of ['coupling One { type same-host', 'alternative One {']) await expect(rulesOf(`${rule} software [A] }`)).rejects.toThrow('model/too-few');
  });

  it('go without what is no software, and without enough components they are left out', async () => {
    expect(
      await rulesOf('vm V { } coupling N { type same-host software [A, V, B] } separation S { type same-host software [A] from [V] } alternative O { software [V, C] }'),
    ).toMatchObject({
      couplings: [{ components: ['A', 'B'] }],
      separations: [],
      alternatives: [],
    });
  });

  it('list each component once, on either side', async () => {
    const software = 'software A { } software B { } software C { }';
    expect(await placementCodes(`${software} separation S { type same-host software [A, B] from [C, C] }`)).toEqual(['placement/listed-twice C']);
    expect(await placementCodes(`${software} separation S { type same-host software [A, B] from [C, T.B] }`)).toEqual(['placement/from-itself T.B']);
    expect(await placementCodes(`${software} separation S { type same-host software [A] from [B] } separation R { type same-host software [B] from [A] }`)).toEqual([]);
  });
});

describe('a component everywhere', () => {
  const everywhere = 'software A { everywhere } software B { everywhere } software C { }';

  it('needs shared placement, said at the word', async () => {
    expect(await placementCodes(everywhere)).toEqual(['placement/everywhere-dedicated everywhere', 'placement/everywhere-dedicated everywhere']);
    expect(await placementCodes(`placement dedicated ${everywhere}`)).toHaveLength(2);
    expect(await placementCodes(`placement shared ${everywhere}`)).toEqual([]);
  });

  it('is not kept from another that is everywhere, on hosts', async () => {
    const apart = (separation: string): Promise<string[]> => placementCodes(`placement shared ${everywhere} separation S { ${separation} }`);
    expect(await apart('type same-host software [A, C, B]')).toEqual(['placement/everywhere-apart S']);
    expect(await apart('type same-host software [A, C] from [B]')).toEqual(['placement/everywhere-apart S']);
    expect(await apart('type same-host software [A, B] from [C]')).toEqual([]);
    expect(await apart('type same-host software [A, C]')).toEqual([]);
    expect(await apart('type same-host relaxed software [A, B]')).toEqual([]);
    expect(await apart('type same-zone software [A, B]')).toEqual([]);
  });

  it('may be an alternative, and has as many instances as there are hosts unless it says otherwise', async () => {
    const { reported } = await applicationOf(`camel model M { deployment model T { placement shared ${everywhere} alternative O { software [A, B] } } }`);
    expect(reported.filter((r) => /^(placement|scale)/.test(r))).toEqual(['scale/default C']);
  });
});
