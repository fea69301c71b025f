import { reasonOf } from '@service-ownership/backstage-plugin-ownership-react';
import { useCallback, useEffect, useRef, useState } from 'react';

/**
 * What a screen knows of something it asked for.
 *
 * @internal
 */
export interface Loaded<T> {
  /** The last answer; while `loading` it may be that of the question before. */
  value?: T;
  error?: Error;
  loading: boolean;
  /** Asks again. */
  retry(): void;
}

/**
 * Asks whenever `key` changes, and keeps the last answer on the screen until
 * the next is there. An answer that is overtaken by a later question is
 * dropped. A `key` of `undefined` asks nothing.
 *
 * @internal
 */
export function useLoaded<T>(options: {
  key: string | undefined;
  load(): Promise<T>;
}): Loaded<T> {
  const { key } = options;
  const load = useRef(options.load);
  load.current = options.load;
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<{
    value?: T;
    error?: Error;
    answered?: string;
  }>({});
  const question = key === undefined ? undefined : `${attempt} ${key}`;

  useEffect(() => {
    if (question === undefined) {
      return undefined;
    }
    let overtaken = false;
    load.current().then(
      value => !overtaken && setState({ value, answered: question }),
      error =>
        !overtaken && setState({ error: reasonOf(error), answered: question }),
    );
    return () => {
      overtaken = true;
    };
  }, [question]);

  const retry = useCallback(() => setAttempt(count => count + 1), []);
  const loading = question !== undefined && state.answered !== question;
  return {
    value: state.value,
    error: loading ? undefined : state.error,
    loading,
    retry,
  };
}
