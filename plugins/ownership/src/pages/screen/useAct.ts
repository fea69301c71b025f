import { reasonOf } from '@service-ownership/backstage-plugin-ownership-react';
import { useState } from 'react';

/**
 * Runs what a button or a form does: one at a time, and keeps what went wrong
 * until the next attempt. The answer tells whether it worked.
 *
 * @internal
 */
export function useAct() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();

  async function act(action: () => Promise<unknown>): Promise<boolean> {
    setBusy(true);
    setError(undefined);
    try {
      await action();
      return true;
    } catch (problem) {
      setError(reasonOf(problem));
      return false;
    } finally {
      setBusy(false);
    }
  }

  return { act, busy, error };
}
