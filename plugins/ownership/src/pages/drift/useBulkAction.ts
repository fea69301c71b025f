import { useApi } from '@backstage/core-plugin-api';
import type { FindingChangeRequest } from '@service-ownership/backstage-plugin-ownership-common';
import {
  ownershipApiRef,
  reasonOf,
} from '@service-ownership/backstage-plugin-ownership-react';
import { useState } from 'react';
import type { SelectedFindings } from './useSelection';

/**
 * How a change of many findings went.
 *
 * @internal
 */
export interface BulkOutcome {
  done: number;
  /** Waivers that wait for approval. */
  requested: number;
  /** How many could not be changed. */
  failed: number;
  /** Why the first of them could not. */
  reason?: string;
  /** Those that could not, as far as the backend named them. */
  failures: string[];
}

/**
 * Changes many findings in one call. One that cannot be changed does not stop
 * the others. How it went is said until the list answers another question.
 *
 * @internal
 */
export function useBulkAction(question: string) {
  const api = useApi(ownershipApiRef);
  const [running, setRunning] = useState(false);
  const [last, setLast] = useState<{ question: string; result: BulkOutcome }>();

  async function run(
    selected: SelectedFindings,
    change: FindingChangeRequest,
  ): Promise<BulkOutcome> {
    setRunning(true);
    setLast(undefined);
    const outcome = await api.changeFindings({ ...selected, ...change }).then(
      ({ done, requested, failed, items }): BulkOutcome => {
        const failures = items.filter(item => item.outcome === 'failed');
        return {
          done,
          requested,
          failed,
          reason: failures[0]?.error,
          failures: failures.map(({ id }) => id),
        };
      },
      (problem): BulkOutcome => ({
        done: 0,
        requested: 0,
        failed: 'ids' in selected ? selected.ids.length : selected.expected,
        reason: reasonOf(problem).message,
        failures: 'ids' in selected ? selected.ids : [],
      }),
    );
    setRunning(false);
    setLast({ question, result: outcome });
    return outcome;
  }

  return {
    run,
    running,
    result: last?.question === question ? last.result : undefined,
    clear: () => setLast(undefined),
  };
}
