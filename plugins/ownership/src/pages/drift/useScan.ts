import { useApi } from '@backstage/core-plugin-api';
import {
  ownershipApiRef,
  reasonOf,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { Scan } from '@service-ownership/backstage-plugin-ownership-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useLoaded } from '../screen/useLoaded';

const pollMilliseconds = 1_500;

/**
 * The latest drift scan, followed while it runs, and the way to start one.
 *
 * @param onFinished - called once for each scan that was seen running and ended.
 *
 * @internal
 */
export function useScan(options: { onFinished(): void }) {
  const api = useApi(ownershipApiRef);
  const latest = useLoaded({
    key: 'latest scan',
    load: async () =>
      (await api.listScans({ limit: 1 })).items[0] as Scan | undefined,
  });
  const [followed, setFollowed] = useState<Scan>();
  const [error, setError] = useState<Error>();
  const [starting, setStarting] = useState(false);
  const onFinished = useRef(options.onFinished);
  onFinished.current = options.onFinished;

  const scan = followed ?? latest.value;
  const running = scan !== undefined && isRunning(scan);

  useEffect(() => {
    if (!scan || !running) {
      return undefined;
    }
    let left = false;
    const timer = setTimeout(async () => {
      try {
        const next = await api.getScan(scan.id);
        if (!left) {
          setError(undefined);
          setFollowed(next);
          if (!isRunning(next)) {
            onFinished.current();
          }
        }
      } catch (problem) {
        if (!left) {
          // The scan goes on without us; a new object asks again.
          setError(reasonOf(problem));
          setFollowed({ ...scan });
        }
      }
    }, pollMilliseconds);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [api, scan, running]);

  const start = useCallback(async () => {
    setStarting(true);
    setError(undefined);
    try {
      setFollowed(await api.startScan());
    } catch (problem) {
      setError(reasonOf(problem));
    } finally {
      setStarting(false);
    }
  }, [api]);

  return {
    scan,
    running,
    starting,
    loading: latest.loading && !followed,
    error: error ?? latest.error,
    start,
  };
}

function isRunning(scan: Scan): boolean {
  return scan.state === 'queued' || scan.state === 'running';
}
