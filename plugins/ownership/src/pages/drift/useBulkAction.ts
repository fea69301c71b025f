import { useApi } from '@backstage/core-plugin-api';
import type { FindingChangeRequest } from '@service-ownership/backstage-plugin-ownership-common';
import {
  ownershipApiRef,
  reasonOf,
} from '@service-ownership/backstage-plugin-ownership-react';
import { useState } from 'react';

/**
 * How a change of many findings went.
 *
 * @internal
 */
export interface BulkOutcome {
  done: number;
  /** Waivers that wait for approval. */
  requested: number;
  failures: Array<{ id: string; message: string }>;
}

/**
 * Changes many findings in one call. One that cannot be changed does not stop
 * the others.
 *
 * @internal
 */
export function useBulkAction() {
  const api = useApi(ownershipApiRef);
  const [running, setRunning] = useState(false);
  const [result, setResult] = useState<BulkOutcome>();

  async function run(
    ids: readonly string[],
    change: FindingChangeRequest,
  ): Promise<BulkOutcome> {
    setRunning(true);
    setResult(undefined);
    const outcome = await api.changeFindings({ ids: [...ids], ...change }).then(
      ({ done, requested, items }): BulkOutcome => ({
        done,
        requested,
        failures: items
          .filter(item => item.outcome === 'failed')
          .map(({ id, error }) => ({ id, message: error ?? '' })),
      }),
      (problem): BulkOutcome => ({
        done: 0,
        requested: 0,
        failures: ids.map(id => ({ id, message: reasonOf(problem).message })),
      }),
    );
    setRunning(false);
    setResult(outcome);
    return outcome;
  }

  return { run, running, result, clear: () => setResult(undefined) };
}
