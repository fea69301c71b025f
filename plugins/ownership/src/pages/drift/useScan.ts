import { useApi } from '@backstage/core-plugin-api';
import {
  ownershipApiRef,
  reasonOf,
} from '@service-ownership/backstage-plugin-ownership-react';
import {
  SCAN_SIGNAL_CHANNEL,
  type Scan,
  type ScanSignal,
} from '@service-ownership/backstage-plugin-ownership-common';
import { useSignal } from '@backstage/plugin-signals-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useLoaded } from '../screen/useLoaded';

const pollMilliseconds = 1_500;
/** Between two looks while signals tell how far it is: one may be lost. */
const pollWithSignalsMilliseconds = 10_000;

/**
 * The latest drift scan, followed while it runs, and the ways to start and to
 * cancel one. Where the portal has signals they tell how far it is, of scans
 * that others started as well; without them it is asked for.
 *
 * @param onFinished - called once for each scan that was seen running and ended.
 *
 * @internal
 */
export function useScan(options: { onFinished(): void }) {
  const api = useApi(ownershipApiRef);
  const latest = useLoaded({
    key: 'latest scans',
    load: async () => (await api.listScans({ limit: 2 })).items,
  });
  const [followed, setFollowed] = useState<Scan>();
  const [error, setError] = useState<Error>();
  const [starting, setStarting] = useState(false);
  const [cancelling, setCancelling] = useState(false);
  const [cancelError, setCancelError] = useState<Error>();
  const onFinished = useRef(options.onFinished);
  onFinished.current = options.onFinished;

  const scan = followed ?? latest.value?.[0];
  const running = scan !== undefined && isRunning(scan);

  const ended = useRef<string>();
  const [last, setLast] = useState<Scan>();
  const follow = useCallback((next: Scan) => {
    setError(undefined);
    setFollowed(next);
    if (!isRunning(next) && ended.current !== next.id) {
      ended.current = next.id;
      if (hasOutcome(next)) {
        setLast(next);
      }
      onFinished.current();
    }
  }, []);

  const { lastSignal, isSignalsAvailable } =
    useSignal<ScanSignal>(SCAN_SIGNAL_CHANNEL);
  const known = useRef(scan);
  known.current = scan;
  useEffect(() => {
    const { current } = known;
    if (!isScanSignal(lastSignal)) {
      return undefined;
    }
    if (current?.id === lastSignal.id) {
      if (!isRunning(current)) {
        return undefined;
      }
      if (isRunning(lastSignal)) {
        setError(undefined);
        setFollowed({ ...current, ...lastSignal });
        return undefined;
      }
    }
    // One that somebody else started, or how it ended: that stands in the scan.
    let left = false;
    api.getScan(lastSignal.id).then(
      next => {
        if (!left) {
          follow(next);
        }
      },
      () => {
        // The next signal, or the next look, finds it.
      },
    );
    return () => {
      left = true;
    };
  }, [api, lastSignal, follow]);

  useEffect(() => {
    if (!scan || !running) {
      return undefined;
    }
    let left = false;
    const timer = setTimeout(
      async () => {
        try {
          const next = await api.getScan(scan.id);
          if (!left) {
            follow(next);
          }
        } catch (problem) {
          if (!left) {
            // The scan goes on without us; a new object asks again.
            setError(reasonOf(problem));
            setFollowed({ ...scan });
          }
        }
      },
      isSignalsAvailable ? pollWithSignalsMilliseconds : pollMilliseconds,
    );
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [api, scan, running, isSignalsAvailable, follow]);

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

  const id = scan?.id;
  const cancel = useCallback(async () => {
    if (id === undefined) {
      return;
    }
    setCancelling(true);
    setCancelError(undefined);
    try {
      follow(await api.cancelScan(id));
    } catch (problem) {
      setCancelError(reasonOf(problem));
    } finally {
      setCancelling(false);
    }
  }, [api, id, follow]);

  return {
    cancelling,
    cancelError: running ? cancelError : undefined,
    cancel,
    scan,
    /** The last that came to an end, also while the next one runs. */
    last: last ?? latest.value?.find(hasOutcome),
    never: !scan && latest.value !== undefined,
    running,
    starting,
    loadError: scan ? undefined : latest.error,
    error,
    start,
  };
}

function isRunning({ state }: Pick<Scan, 'state'>): boolean {
  return state === 'queued' || state === 'running';
}

// One that was cancelled says nothing of the verdicts.
function hasOutcome(scan: Scan): boolean {
  return !isRunning(scan) && scan.state !== 'cancelled';
}

function isScanSignal(signal: ScanSignal | null): signal is ScanSignal {
  return typeof signal?.id === 'string' && typeof signal.state === 'string';
}
