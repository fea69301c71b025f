import type { OwnerDecisions } from '@service-ownership/backstage-plugin-ownership-common';

/** What the stores know that speaks for one group or another as owner. */
export interface OwnerSignals {
  /** Who owned the component before. */
  formerOwners: string[];
  /** Components by owner in the same repository. */
  repositoryOwners?: ReadonlyMap<string, number>;
  /** Components by owner in the same system. */
  systemNeighbourOwners?: ReadonlyMap<string, number>;
  /** How many components of each former owner were given to which group. */
  heirs?: ReadonlyMap<string, ReadonlyMap<string, number>>;
  decisions: OwnerDecisions;
}
