import type { Entity } from '@backstage/catalog-model';
import { parse } from 'yaml';
import { buildDirectory } from '../directory';
import { collectFacts } from './collectFacts';
import { ownerPatch } from './ownerPatch';
import { suggestOwners, type OwnerDecisions } from './suggestOwners';

const NOW = new Date('2026-11-21T08:00:00Z');

function entity(kind: string, name: string, spec: object = {}): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name },
    spec: spec as Entity['spec'],
  };
}

const staffed = ['commerce', 'payments', 'ledger', 'platform', 'falcons'];
const directory = buildDirectory({
  entities: [
    ...staffed.flatMap(name => [
      entity('Group', name, { profile: { displayName: `The ${name}` } }),
      entity('User', `${name}-lead`, { memberOf: [name] }),
    ]),
    entity('Group', 'hollow', { parent: 'commerce' }),
  ],
});

function suggest(
  spec: object,
  signals: Partial<Parameters<typeof suggestOwners>[0]> = {},
) {
  const facts = collectFacts({
    entity: entity('Component', 'checkout', { ...spec }),
    directory,
    now: NOW,
  });
  return suggestOwners({ facts, directory, ...signals });
}

describe('suggestOwners', () => {
  it.each<[string, object, Parameters<typeof suggest>[1], string, RegExp]>([
    [
      'the parent of a dissolved team',
      { owner: 'gone' },
      { former: { parent: () => 'group:default/commerce' } },
      'commerce',
      /^Gone belonged to it$/,
    ],
    [
      'the parent of an empty team',
      { owner: 'hollow' },
      {},
      'commerce',
      /^Hollow belonged to it$/,
    ],
    [
      'the team of a person',
      { owner: 'user:ledger-lead' },
      {},
      'ledger',
      /^It is the team of ledger-lead, who is named as owner$/,
    ],
    [
      'what is above an empty parent of a dissolved team',
      { owner: 'gone' },
      { former: { parent: () => 'group:default/hollow' } },
      'commerce',
      /^Gone belonged to it$/,
    ],
    [
      'the team of a person who is gone',
      { owner: 'user:gone' },
      { former: { parent: () => 'group:default/ledger' } },
      'ledger',
      /^Gone, who is named as owner, belonged to it$/,
    ],
    [
      'where the people of a dissolved team went',
      { owner: 'gone' },
      {
        former: {
          parent: () => 'group:default/ledger',
          members: () =>
            new Map([
              // Whoever was on the platform before says nothing.
              ['user:default/ledger-lead', ['group:default/platform']],
              ['user:default/left', []],
            ]),
        },
      },
      'ledger',
      /^1 of the 2 people of gone is on it now; /,
    ],
    [
      'where its other components went',
      { owner: 'gone' },
      {
        former: {
          heirs: () =>
            new Map([
              ['group:default/platform', 1],
              ['group:default/ledger', 3],
            ]),
        },
      },
      'ledger',
      /^3 other components of gone were given to it$/,
    ],
    [
      'a team whose name was misspelt',
      { owner: 'paymnets' },
      {},
      'payments',
      /close to paymnets, which is named as owner$/,
    ],
    [
      'a team whose name was written in one word',
      { owner: 'LedgerTeam' },
      {},
      'ledger',
      /close to ledgerteam, which is named as owner$/,
    ],
    [
      'the owner of the system',
      {},
      { systemOwners: ['group:default/payments'] },
      'payments',
      /^It owns the system/,
    ],
    [
      'the owner of the domain',
      {},
      { domainOwners: ['group:default/payments'] },
      'payments',
      /^It owns the domain/,
    ],
    [
      'the owner of what depends on it',
      {},
      {
        dependentOwners: [
          ['group:default/ledger'],
          ['group:default/ledger'],
          [],
        ],
      },
      'ledger',
      /^It owns 2 of the 3 components that depend on this$/,
    ],
    [
      'a team with a name like that of the owner',
      { owner: 'Falcon-Team' },
      {},
      'falcons',
      /close to falcon-team, which is named as owner$/,
    ],
    [
      'the team of the captain',
      { ownershipContract: { captain: 'user:default/ledger-lead' } },
      {},
      'ledger',
      /^The captain, ledger-lead, is on it$/,
    ],
    [
      'who owned it before its owner was taken out',
      {},
      { formerOwners: ['group:default/ledger'] },
      'ledger',
      /^It owned this before$/,
    ],
    [
      'what is above who owned it before',
      {},
      { formerOwners: ['group:default/hollow'] },
      'commerce',
      /^Hollow belonged to it$/,
    ],
    [
      'who owns most in the same repository',
      {},
      {
        repositoryOwners: new Map([
          ['group:default/ledger', 3],
          ['group:default/payments', 1],
        ]),
      },
      'ledger',
      /^It owns 3 of 4 components in the same repository$/,
    ],
    [
      'who owns what is beside it in the system',
      {},
      { systemNeighbourOwners: new Map([['group:default/ledger', 1]]) },
      'ledger',
      /^It owns the other component in the same system$/,
    ],
    [
      'the team of the last reviewer',
      {
        ownershipContract: {
          review: {
            reviewedAt: '2026-09-01',
            reviewedBy: 'user:default/ledger-lead',
          },
        },
      },
      {},
      'ledger',
      /^Ledger-lead, who last reviewed the contract, is on it$/,
    ],
    [
      'who has responsibilities',
      {
        ownershipContract: {
          responsibilities: { code: 'group:default/platform' },
        },
      },
      {},
      'platform',
      /^The contract gives it responsibility for code$/,
    ],
  ])('suggests %s', (_, spec, signals, name, reason) => {
    const [first] = suggest(spec, signals);
    expect(first).toEqual({
      ref: `group:default/${name}`,
      title: `The ${name}`,
      confidence: expect.any(Number),
      reason: expect.stringMatching(reason),
      signals: expect.any(Array),
    });
  });

  it('adds signals up and puts the best first', () => {
    const [best, second] = suggest(
      { owner: 'gone' },
      {
        systemOwners: ['group:default/payments'],
        domainOwners: ['group:default/commerce', 'group:default/payments'],
      },
    );
    expect(best).toMatchObject({
      ref: 'group:default/payments',
      confidence: 0.6,
      reason:
        'It owns the system this is part of; it owns the domain this is part of',
    });
    expect(second).toMatchObject({
      ref: 'group:default/commerce',
      confidence: 0.2,
    });
  });

  it('learns from what people answered', () => {
    const signals = {
      systemOwners: ['group:default/payments'],
      domainOwners: ['group:default/commerce'],
    };
    const decided = (decisions: Partial<OwnerDecisions>) =>
      suggest(
        {},
        {
          ...signals,
          decisions: {
            accepted: [],
            rejected: [],
            record: () => ({ accepted: 0, rejected: 0 }),
            ...decisions,
          },
        },
      ).map(({ ref, confidence }) => [ref.split('/')[1], confidence]);

    expect(decided({})).toEqual([
      ['payments', 0.5],
      ['commerce', 0.2],
    ]);
    expect(decided({ rejected: ['group:default/payments'] })).toEqual([
      ['commerce', 0.2],
    ]);
    // Accepted: the first, also where nothing else speaks for it any more.
    expect(
      decided({ accepted: ['group:default/commerce', 'group:default/gone'] }),
    ).toEqual([
      ['commerce', 0.99],
      ['payments', 0.5],
    ]);
    expect(decided({ accepted: ['group:default/ledger'] })[0]).toEqual([
      'ledger',
      0.99,
    ]);
    // Weight times (1 + accepted) / (1 + accepted + rejected), for that group only.
    expect(
      decided({
        record: (ref, signal) =>
          ref === 'group:default/payments' && signal === 'system'
            ? { accepted: 1, rejected: 3 }
            : { accepted: 0, rejected: 0 },
      }),
    ).toEqual([
      ['commerce', 0.2],
      ['payments', 0.2],
    ]);
  });

  it('takes nobody for the heir for being on everybody’s group', () => {
    const [best, second] = suggest(
      { owner: 'gone' },
      {
        former: {
          members: () =>
            new Map(
              staffed
                .slice(0, 2)
                .map(name => [
                  `user:default/${name}-lead`,
                  [`group:default/${name}`, 'group:default/all'],
                ]),
            ),
        },
      },
    );
    // 0.8 of 2 * 1 / (2 + 1): on it before, and half of what is gone.
    expect([best, second].map(({ confidence }) => confidence)).toEqual([
      0.53, 0.53,
    ]);
  });

  it('does not suggest one of many', () => {
    const repositoryOwners = new Map(
      staffed.map(name => [`group:default/${name}`, 1]),
    );
    repositoryOwners.set('group:default/search', 200);
    expect(suggest({}, { repositoryOwners })).toEqual([]);
  });

  it('suggests nobody who is gone, empty or named already', () => {
    expect(
      suggest(
        { owner: 'payments' },
        {
          systemOwners: [
            'group:default/payments',
            'group:default/hollow',
            'group:default/gone',
            'user:default/ledger-lead',
          ],
        },
      ),
    ).toEqual([]);
  });
});

describe('ownerPatch', () => {
  it('names the file, the entity, the new owner and the old one', () => {
    const component = entity('Component', 'checkout', {
      owner: 'falcon\n# injected: true\nkind: Evil',
    });
    component.metadata.namespace = 'shop';
    component.metadata.annotations = {
      'backstage.io/managed-by-location': 'url:https://git.example/a.yaml',
    };
    const patch = ownerPatch({
      entity: component,
      owner: 'group:default/payments',
    });
    expect(patch).toBe(`# https://git.example/a.yaml

apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: checkout
  namespace: shop
spec:
  owner: group:default/payments # before: falcon # injected: true kind: Evil
`);
    expect(parse(patch).spec).toEqual({ owner: 'group:default/payments' });
  });
});
