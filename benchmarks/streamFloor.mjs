// The least that anything which looks at the whole catalog has to do: ask for
// it over HTTP with the fields a scan needs, and hold twelve trivial rules
// against every entity.

const FIELDS = [
  'apiVersion',
  'kind',
  'metadata',
  'relations',
  'spec.type',
  'spec.lifecycle',
  'spec.owner',
  'spec.system',
  'spec.domain',
  'spec.subcomponentOf',
  'spec.ownershipContract',
];

const has = type => entity =>
  entity.relations?.some(relation => relation.type === type);

const RULES = [
  has('ownedBy'),
  has('partOf'),
  has('dependsOn'),
  ({ relations = [] }) =>
    relations.filter(({ type }) => type === 'ownedBy').length === 1,
  ({ spec }) => spec?.type !== undefined,
  ({ spec }) => spec?.lifecycle !== undefined,
  ({ spec }) => /^(group|user):|^[^:]+$/.test(spec?.owner ?? ''),
  ({ spec }) => spec?.ownershipContract !== undefined,
  ({ spec }) => spec?.ownershipContract?.tier !== undefined,
  ({ metadata }) => metadata.annotations?.['backstage.io/orphan'] !== 'true',
  ({ metadata }) => (metadata.description ?? '').length > 10,
  ({ metadata }) => (metadata.links ?? []).length > 0,
];

/** @returns {Promise<{ milliseconds: number, entities: number, failures: number }>} */
export async function streamFloor({ catalog, credentials }) {
  const start = performance.now();
  let entities = 0;
  let failures = 0;
  for await (const page of catalog.streamEntities(
    { fields: FIELDS, pageSize: 2000 },
    { credentials },
  )) {
    for (const entity of page) {
      entities += 1;
      for (const rule of RULES) {
        failures += rule(entity) ? 0 : 1;
      }
    }
  }
  return { milliseconds: performance.now() - start, entities, failures };
}
