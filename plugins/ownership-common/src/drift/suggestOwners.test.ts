import type { Entity } from '@backstage/catalog-model';
import { parse } from 'yaml';
import { buildDirectory } from '../directory';
import { collectFacts } from './collectFacts';
import { ownerPatch } from './ownerPatch';
import { suggestOwners } from './suggestOwners';

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
      { formerParent: () => 'group:default/commerce' },
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
