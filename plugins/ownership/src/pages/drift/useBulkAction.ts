import { reasonOf } from '@service-ownership/backstage-plugin-ownership-react';
import { useState } from 'react';

/**
 * How a change of many findings went.
 *
 * @internal
 */
export interface BulkResult {
  done: number;
  failures: Array<{ id: string; message: string }>;
}

const atOnce = 4;

/**
 * Changes many findings, a few at a time. One that fails does not stop the
 * others.
 *
 * @internal
 */
export function useBulkAction() {
  const [running, setRunning] = useState(false);
  const [result, setResult] = useState<BulkResult>();

  async function run(
    ids: readonly string[],
    action: (id: string) => Promise<unknown>,
  ): Promise<BulkResult> {
    setRunning(true);
    setResult(undefined);
    const waiting = [...ids];
    const outcome: BulkResult = { done: 0, failures: [] };
    const worker = async () => {
      for (let id = waiting.shift(); id; id = waiting.shift()) {
        try {
          await action(id);
          outcome.done += 1;
        } catch (error) {
          outcome.failures.push({ id, message: reasonOf(error).message });
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    setRunning(false);
    setResult(outcome);
    return outcome;
  }

  return { run, running, result, clear: () => setResult(undefined) };
}
