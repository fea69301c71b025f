import type { Entity } from '@backstage/catalog-model';
import { parseEntityRef } from '@backstage/catalog-model';
import { buildDirectory } from '../directory';
import { collectFacts } from './collectFacts';
import { configureRules } from './configureRules';
import { driftRules } from './driftRules';
import { evaluateRules } from './evaluateRules';

// The shape and the defects of the example organisation that Backstage ships
// (packages/catalog-model/examples of its repository), written anew: a catalog
// that was not made for these rules, and what its maintainers would agree with.

const NOW = new Date('2026-11-21T08:00:00Z');

/** An entity as the catalog gives it, with the relations it derives. */
function entity(kind: string, name: string, spec: object = {}): Entity {
  const { owner, dependsOn = [] } = spec as {
    owner?: string;
    dependsOn?: string[];
  };
  const ref = (text: string, defaultKind: string) => {
    const parsed = parseEntityRef(text, {
      defaultKind,
      defaultNamespace: 'default',
    });
    return `${parsed.kind}:${parsed.namespace}/${parsed.name}`.toLowerCase();
  };
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
    spec: { ...spec } as Entity['spec'],
    relations: [
      ...(owner ? [{ type: 'ownedBy', targetRef: ref(owner, 'group') }] : []),
      ...dependsOn.map(target => ({
        type: 'dependsOn',
        targetRef: ref(target, 'component'),
      })),
    ],
  };
}

const group = (name: string, type: string, parent?: string) =>
  entity('Group', name, { type, children: [], ...(parent ? { parent } : {}) });
const user = (name: string, ...memberOf: string[]) =>
  entity('User', name, { profile: {}, memberOf });
const component = (
  name: string,
  type: string,
  lifecycle: string,
  owner: string,
  more: object = {},
) => entity('Component', name, { type, lifecycle, owner, ...more });
const api = (name: string, lifecycle: string, owner: string) =>
  entity('API', name, { type: 'openapi', lifecycle, owner, definition: '-' });

const people = [
  group('acme-corp', 'organization'),
  group('infrastructure', 'department', 'acme-corp'),
  group('backstage', 'sub-department', 'infrastructure'),
  group('boxoffice', 'sub-department', 'infrastructure'),
  group('team-a', 'team', 'backstage'),
  group('team-b', 'team', 'backstage'),
  group('team-c', 'team', 'boxoffice'),
  group('team-d', 'team', 'boxoffice'),
  user('breanna.davison', 'team-a'),
  user('janelle.dawe', 'team-a'),
  user('nigel.manning', 'team-a'),
  // So that a guest who signs in owns something.
  user('guest', 'team-a'),
  user('amelia.park', 'team-b'),
  user('colette.brock', 'team-b'),
  user('calum.leavy', 'team-c'),
  user('sarah.gilroy', 'team-c'),
  user('eva.macdowell', 'team-d'),
];

const catalog = [
  component('artist-lookup', 'service', 'experimental', 'team-a', {
    system: 'artist-engagement-portal',
    dependsOn: ['resource:artists-db'],
  }),
  component('petstore', 'service', 'experimental', 'team-c', {
    providesApis: ['petstore', 'streetlights', 'hello-world'],
  }),
  component('playback-lib', 'library', 'experimental', 'team-c'),
  component('playback-order', 'service', 'production', 'user:guest', {
    system: 'audio-playback',
  }),
  component('podcast-api', 'service', 'experimental', 'team-b', {
    system: 'podcast',
  }),
  component('queue-proxy', 'website', 'production', 'team-b', {
    system: 'podcast',
  }),
  component('searcher', 'service', 'production', 'user:guest'),
  component('shuffle-api', 'service', 'production', 'user:guest', {
    system: 'audio-playback',
  }),
  component('wayback-archive', 'service', 'production', 'team-a'),
  component('wayback-archive-ingestion', 'service', 'production', 'team-a', {
    subcomponentOf: 'wayback-archive',
  }),
  component('wayback-archive-storage', 'service', 'production', 'team-a', {
    subcomponentOf: 'wayback-archive',
  }),
  component('wayback-search', 'service', 'production', 'team-a', {
    dependsOn: ['component:wayback-archive'],
  }),
  component('www-artist', 'website', 'production', 'team-a', {
    system: 'artist-engagement-portal',
    dependsOn: ['component:artist-lookup'],
  }),
  api('petstore', 'experimental', 'team-c'),
  api('streetlights', 'production', 'team-c'),
  api('hello-world', 'deprecated', 'team-c'),
  // An address where a team is wanted.
  api('spotify', 'production', 'john@example.com'),
  api('wayback-archive', 'production', 'team-a'),
  entity('System', 'artist-engagement-portal', { owner: 'team-a' }),
  entity('System', 'audio-playback', { owner: 'team-c' }),
  entity('System', 'podcast', { owner: 'team-b' }),
  entity('Resource', 'artists-db', { type: 'database', owner: 'team-a' }),
];

/** What fails, by component, as the report would list it. */
function report() {
  const directory = buildDirectory({ entities: people });
  const rules = configureRules({ rules: driftRules });
  return catalog.map(one => {
    const facts = collectFacts({ entity: one, directory, now: NOW });
    const { outcomes, state } = evaluateRules({
      facts,
      rules,
      context: {
        now: NOW,
        directory,
        graceMs: 0,
        unresolvedSince: () => undefined,
      },
    });
    return {
      entityRef: facts.entityRef,
      state,
      findings: outcomes.flatMap(({ rule, severity, outcome }) =>
        outcome.status === 'fail'
          ? [{ id: rule.id, severity, message: outcome.message }]
          : [],
      ),
    };
  });
}

const guest = 'user:default/guest is a placeholder, not a team';
const contract = 'There is no ownership contract';

describe('the example organisation of Backstage', () => {
  it.each<[string, string, string, Array<[string, string, string]>]>([
    [
      // A guest is not somebody to call at night. Team A, whose guest it is, is
      // not named: the finding is high, and nobody is told it is orphaned.
      'at-risk',
      'production services of the guest',
      'component:default/playback-order component:default/searcher component:default/shuffle-api',
      [
        ['owner-placeholder', 'high', guest],
        ['contract-missing', 'low', contract],
      ],
    ],
    [
      // An address from the documentation resolves to nobody at all.
      'orphaned',
      'an API that an address answers for',
      'api:default/spotify',
      [
        [
          'owner-placeholder',
          'critical',
          'john@example.com is a placeholder, not a team',
        ],
      ],
    ],
    [
      // Fine as far as the catalog goes; what is promised is not written down.
      'owned',
      'what runs in production and has a team',
      [
        'queue-proxy',
        'wayback-archive',
        'wayback-archive-ingestion',
        'wayback-archive-storage',
        'wayback-search',
        'www-artist',
      ]
        .map(name => `component:default/${name}`)
        .join(' '),
      [['contract-missing', 'low', contract]],
    ],
    [
      // Nobody asks for a contract of an experiment, a library, a system or an
      // API, nor minds that an API is deprecated that nothing consumes.
      'owned',
      'everything else',
      [
        'component:default/artist-lookup',
        'component:default/petstore',
        'component:default/playback-lib',
        'component:default/podcast-api',
        'api:default/petstore',
        'api:default/streetlights',
        'api:default/hello-world',
        'api:default/wayback-archive',
        'system:default/artist-engagement-portal',
        'system:default/audio-playback',
        'system:default/podcast',
        'resource:default/artists-db',
      ].join(' '),
      [],
    ],
  ])('finds %s: %s', (state, _, refs, findings) => {
    const found = report().filter(({ entityRef }) =>
      refs.split(' ').includes(entityRef),
    );
    expect(found.map(({ entityRef }) => entityRef).sort()).toEqual(
      refs.split(' ').sort(),
    );
    for (const one of found) {
      expect(one).toEqual({
        entityRef: one.entityRef,
        state,
        findings: findings.map(([id, severity, message]) => ({
          id,
          severity,
          message,
        })),
      });
    }
  });

  it('finds thirteen things in 22 components, and no more', () => {
    const found = report();
    expect(found).toHaveLength(22);
    expect(found.flatMap(({ findings }) => findings)).toHaveLength(13);
  });
});
