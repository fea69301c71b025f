import type { HumanDuration } from '@backstage/types';

export interface Config {
  ownership?: {
    /**
     * Kinds of entities that need an owner, in any case. The processor flags
     * entities of these kinds with their ownership state.
     *
     * @default ["component", "system", "api", "resource"]
     */
    kinds?: string[];

    processor?: {
      /**
       * How often the processor asks the ownership backend for the verdicts of
       * the drift scan, at the most: one small conditional request for the
       * whole catalog, never one for an entity. At least one second.
       *
       * @default { seconds: 10 }
       */
      snapshotInterval?: string | HumanDuration;
    };
  };
}
