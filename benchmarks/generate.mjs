import { defects } from './defects.mjs';
import { random } from './random.mjs';

/**
 * An organisation as the catalog would ingest it, with what is wrong in it.
 *
 * Beside N components it has 3,300 + N/4 entities: users, nested groups,
 * systems, APIs and resources. A tenth of the components have the full
 * contract of tier 2, a fifth a short one of tier 3, two fifths none, the rest
 * are libraries of which none is asked. Every 20th has one planted defect.
 *
 * @param {{ components: number, seed: number, today: string, rare?: boolean }} options
 *   `components` up to 250,000; `today` as `2026-11-21`; `rare`: with what
 *   needs a kind of its own too
 * @returns {{ entities: object[], truth: Set<string> }} the entities, those
 *   that others name first, and every finding there is to find as `rule ref`
 */
export function generateOrganisation({ components, seed, today, rare }) {
  const next = random(seed);
  const pick = list => list[Math.floor(next() * list.length)];
  const truth = new Set();
  const { entities, teams, systems } = people({ components, next });
  const daysAgo = days =>
    new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10);
  const names = Array.from({ length: components }, (_, n) => `component-${n}`);

  for (let n = 0; n < 500 + components / 20; n++) {
    entities.push(
      entity('API', `api-${n}`, {
        type: 'openapi',
        lifecycle: 'production',
        owner: pick(teams).name,
        definition: 'openapi: 3.1.0',
      }),
    );
  }
  const resources = Array.from(
    { length: 500 + (components * 3) / 100 },
    (_, n) =>
      entity('Resource', `resource-${n}`, {
        type: 'database',
        owner: pick(teams).name,
      }),
  );
  entities.push(...resources);

  // Only those without a defect and without an end are depended on, so that
  // each defect is the one finding of its component.
  const safe = names.filter((_, n) => n % 20 !== 0);
  names.forEach((name, n) => {
    const team = pick(teams);
    const kind = next();
    const component = entity('Component', name, {
      type: kind < 0.7 ? 'service' : 'library',
      lifecycle: 'production',
      owner: team.name,
      system: pick(systems),
      providesApis: next() < 0.1 ? [`api-${Math.floor(next() * 500)}`] : [],
      dependsOn: [
        `component:${pick(safe)}`,
        `resource:resource-${Math.floor(next() * 500)}`,
      ],
    });
    component.metadata.description = `What ${name} does for its users, in a sentence or two as people write them.`;
    component.metadata.tags = ['java', 'spring', `area-${n % 50}`];
    component.metadata.annotations[
      'backstage.io/source-location'
    ] = `url:https://git.example.org/${team.name}/${name}/`;
    component.metadata.links = [
      { url: `https://dashboards.example.org/${name}`, title: 'Dashboard' },
    ];
    const tier = kind < 0.1 ? 'tier-2' : kind < 0.3 ? 'tier-3' : undefined;
    if (tier) {
      component.spec.ownershipContract = contract({ tier, team, daysAgo });
    }
    const found =
      n % 20 === 0
        ? pick(defects.filter(({ of }) => of === 'any' || of === tier)).plant({
            component,
            team,
            n,
            daysAgo,
            otherTeam: teams[(teams.indexOf(team) + 1) % teams.length],
            dependent: resources[n % resources.length],
          })
        : [];
    const lacks = component.spec.type === 'service' && !tier;
    const rules = [
      ...(found.length > 0 || !lacks ? found : ['contract-missing']),
      // No contract here says how an API stays compatible.
      ...(tier && component.spec.providesApis.length > 0 && !hides(found)
        ? ['interface-no-compatibility']
        : []),
    ];
    for (const rule of rules) {
      truth.add(`${rule} component:default/${name}`);
    }
    entities.push(component);
  });
  if (rare) {
    const planted = plantRare({ count: Math.ceil(components / 500), teams });
    entities.push(...planted.entities);
    planted.truth.forEach(finding => truth.add(finding));
  }
  return { entities, truth };
}

// An orphan is asked for nothing else, of a broken contract nothing is known, and
// what is on its way out is asked for nothing new.
function hides(found) {
  return found.some(
    rule =>
      rule === 'contract-invalid' ||
      rule === 'deprecated-with-dependents' ||
      (rule.startsWith('owner-') && rule !== 'owner-not-a-team'),
  );
}

/**
 * What the kinds of Backstage and a catalog file cannot say: nobody as owner,
 * several owners, an entity that nothing emits any more, two contracts.
 */
function plantRare({ count, teams }) {
  const entities = [];
  const truth = [];
  for (let n = 0; n < count; n++) {
    const team = teams[n % teams.length].name;
    const other = teams[(n + 1) % teams.length].name;
    const vessel = (name, owners) =>
      entity('Vessel', `${name}-${n}`, { type: 'ship', owners });

    entities.push(vessel('drifting', []));
    truth.push(`owner-missing vessel:default/drifting-${n}`);

    entities.push(vessel('contested', [team, other]));
    truth.push(`owner-multiple vessel:default/contested-${n}`);

    const wreck = vessel('wreck', [team]);
    wreck.metadata.annotations['backstage.io/orphan'] = 'true';
    entities.push(wreck);
    truth.push(`source-orphaned vessel:default/wreck-${n}`);

    const ferry = vessel('ferry', [team]);
    ferry.spec.ownershipContract = { tier: 'tier-4' };
    const papers = entity('OwnershipContract', `ferry-${n}`, {
      subjects: [`vessel:default/ferry-${n}`],
      tier: 'tier-4',
    });
    papers.apiVersion = 'service-ownership.io/v1alpha1';
    entities.push(ferry, papers);
    truth.push(`contract-duplicate vessel:default/ferry-${n}`);
  }
  return { entities, truth };
}

function people({ components, next }) {
  const entities = [];
  const groupCount = Math.round(300 + components / 50);
  const parents = new Set();
  const parentOf = n => (n === 0 ? undefined : Math.floor((n - 1) / 6));
  for (let n = 0; n < groupCount; n++) {
    parents.add(parentOf(n));
    entities.push(
      entity('Group', `group-${n}`, {
        type: 'team',
        profile: { displayName: `Group ${n}` },
        ...(n === 0 ? {} : { parent: `group-${parentOf(n)}` }),
        children: [],
      }),
    );
  }
  const teams = [];
  for (let n = 0; n < groupCount; n++) {
    if (!parents.has(n)) {
      teams.push({ name: `group-${n}`, members: [] });
    }
  }
  for (let n = 0; n < 10; n++) {
    entities.push(
      entity('Group', `empty-${n}`, { type: 'team', children: [] }),
    );
  }
  for (let n = 0; n < 2000 + components / 10; n++) {
    const team = teams[n % teams.length];
    team.members.push(`user-${n}`);
    entities.push(
      entity('User', `user-${n}`, {
        profile: {
          displayName: `User ${n}`,
          email: `user-${n}@example.net`,
        },
        memberOf: [team.name],
      }),
    );
  }
  for (let n = 0; n < 10; n++) {
    const user = entity('User', `former-${n}`, { profile: {}, memberOf: [] });
    user.metadata.annotations['service-ownership.io/active'] = 'false';
    entities.push(user);
  }
  const systems = [];
  for (let n = 0; n < components / 20; n++) {
    systems.push(`system-${n}`);
    entities.push(
      entity('System', `system-${n}`, {
        owner: teams[Math.floor(next() * teams.length)].name,
      }),
    );
  }
  return { entities, teams, systems };
}

function contract({ tier, team, daysAgo }) {
  const runbook = (id, covers) => ({
    id,
    title: `What to do: ${id}`,
    url: `https://wiki.example.org/${id}`,
    covers,
    reviewedAt: daysAgo(30),
    drilledAt: daysAgo(60),
  });
  const short = {
    tier,
    mission: 'Takes a cart to a paid order.',
    runbooks: [runbook('incident', ['incident'])],
    review: { reviewedAt: daysAgo(20), cadence: 'P180D' },
  };
  return tier === 'tier-3'
    ? short
    : {
        ...short,
        captain: `user:default/${team.members[0]}`,
        onCall: { provider: 'pagerduty', ref: `P-${team.name}` },
        escalation: [
          { after: 'PT0M', to: `group:default/${team.name}` },
          { after: 'PT15M', to: `user:default/${team.members[1]}` },
        ],
        contacts: [{ type: 'slack', value: `#${team.name}` }],
        runbooks: [
          ...short.runbooks,
          runbook('rollback', ['deployment', 'rollback']),
        ],
        slos: [
          {
            name: 'availability',
            budgetingMethod: 'Occurrences',
            timeWindow: [{ duration: '28d', isRolling: true }],
            objectives: [{ target: 0.999 }],
            indicator: {
              metadata: { name: 'availability' },
              spec: {
                ratioMetric: {
                  good: source('requests:good'),
                  total: source('requests:total'),
                },
              },
            },
          },
        ],
      };
}

function source(query) {
  return { metricSource: { type: 'Prometheus', spec: { query } } };
}

function entity(kind, name, spec) {
  const location = `url:https://git.example.org/catalog/${kind.toLowerCase()}/${name}.yaml`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      annotations: {
        'backstage.io/managed-by-location': location,
        'backstage.io/managed-by-origin-location': location,
      },
    },
    spec,
  };
}
