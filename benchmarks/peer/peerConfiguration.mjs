// What stands below `techInsights` in app-config: the three fact retrievers the
// plugin brings along, configured as its README does, and eight checks.

const OWNERSHIP = 'entityOwnershipFactRetriever';
const METADATA = 'entityMetadataFactRetriever';
const TECHDOCS = 'techdocsFactRetriever';

/** Every fact there is, and one check of two facts. */
const CHECKS = {
  hasOwner: [OWNERSHIP],
  hasGroupOwner: [OWNERSHIP],
  hasTitle: [METADATA],
  hasDescription: [METADATA],
  hasTags: [METADATA],
  hasAnnotationBackstageIoTechdocsRef: [TECHDOCS],
  hasAnnotationBackstageIoTechdocsEntity: [TECHDOCS],
  hasGroupOwnerAndDescription: [OWNERSHIP, METADATA],
};

const FACTS_OF = {
  hasGroupOwnerAndDescription: ['hasGroupOwner', 'hasDescription'],
};

/** How many results a component should get. */
export const CHECK_COUNT = Object.keys(CHECKS).length;

export function peerConfiguration() {
  const retriever = {
    // Once a year: the benchmark says when.
    cadence: '0 0 1 1 *',
    lifecycle: { timeToLive: { weeks: 2 } },
  };
  return {
    // Of the default 100 most would wait for one of the ten connections.
    checksRunConcurrency: 10,
    factRetrievers: {
      [OWNERSHIP]: retriever,
      [METADATA]: retriever,
      [TECHDOCS]: retriever,
    },
    factChecker: {
      checks: Object.fromEntries(
        Object.entries(CHECKS).map(([name, factIds]) => [
          name,
          check(name, factIds),
        ]),
      ),
    },
  };
}

// A check without `filter`: with one, each component is asked for at the
// catalog as well.
function check(name, factIds) {
  return {
    type: 'json-rules-engine',
    name,
    description: `The component passes ${name}`,
    factIds,
    rule: {
      conditions: {
        all: (FACTS_OF[name] ?? [name]).map(fact => ({
          fact,
          operator: 'equal',
          value: true,
        })),
      },
    },
  };
}
