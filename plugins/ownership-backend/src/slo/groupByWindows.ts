import {
  excludedSeconds,
  sliceLength,
  sloWindows,
} from '@service-ownership/backstage-plugin-ownership-common';
import type {
  BucketRange,
  SloWindows,
} from '@service-ownership/backstage-plugin-ownership-common';
import { excludedTime } from './exclusion/excludedTime';
import { defaultSloLimits } from './readSloLimits';
import type { SloLimits } from './readSloLimits';
import type { StoredExclusion } from './store/exclusions';
import type { DueSlo } from './store/readDueSlos';

/** An SLO with what of its time does not count. */
export interface GroupedSlo extends DueSlo {
  /** In order and apart. */
  excluded: readonly BucketRange[];
  /** When an exclusion begins or ends next, seconds since the epoch. */
  changesAt?: number;
}

/** SLOs that are summed over the same ranges, whatever each of them excludes. */
export interface WindowGroup {
  slos: GroupedSlo[];
  /** Without what is excluded, in which they differ. */
  windows: SloWindows;
}

/** Sorts SLOs into groups that share their statements. */
export function groupByWindows(options: {
  slos: readonly DueSlo[];
  exclusions: ReadonlyMap<number, readonly StoredExclusion[]>;
  now: Date;
  limits?: SloLimits;
  onError?(slo: DueSlo, error: Error): void;
}): WindowGroup[] {
  const { exclusions, now, limits, onError } = options;
  const groups = new Map<string, WindowGroup>();
  for (const slo of options.slos) {
    const { definition, lastDataEnd } = slo;
    try {
      const { excluded, changesAt } = excludedTime({
        definition,
        exclusions: exclusions.get(slo.id) ?? [],
        now,
        lastDataEnd,
      });
      const { excluded: within = [], ...windows } = sloWindows({
        definition,
        now,
        lastDataEnd,
        staleAfterSeconds: staleAfter(slo, limits),
        excluded,
      });
      const key = JSON.stringify([
        windows,
        definition.budgetingMethod,
        sliceLength(definition),
        definition.timeSliceTarget,
      ]);
      const grouped = { ...slo, excluded: within, changesAt };
      const group = groups.get(key);
      if (group) {
        group.slos.push(grouped);
      } else {
        groups.set(key, { slos: [grouped], windows });
      }
    } catch (error) {
      onError?.(slo, error as Error);
    }
  }
  return [...groups.values()];
}

/** The windows of a group as they are for one of its SLOs. */
export function windowsOf(
  { excluded }: GroupedSlo,
  windows: SloWindows,
): SloWindows {
  return excluded.length > 0
    ? { ...windows, excluded: [...excluded] }
    : windows;
}

/**
 * When time alone changes a status: its data turns stale, its period ends, an
 * exclusion begins or ends. In seconds since the epoch.
 */
export function dueAt(options: {
  slo: GroupedSlo;
  windows: SloWindows;
  now: Date;
  limits?: SloLimits;
}): number | undefined {
  const { slo, windows, now, limits } = options;
  const { lastDataEnd, excluded, changesAt } = slo;
  const moments: number[] = [];
  if (lastDataEnd !== undefined && !windows.stale) {
    const missing = { start: lastDataEnd, end: now.getTime() / 1000 };
    moments.push(
      lastDataEnd +
        excludedSeconds({ range: missing, excluded }) +
        staleAfter(slo, limits) +
        1,
    );
  }
  if (slo.definition.window.type === 'calendar' && !windows.stale) {
    moments.push(windows.period.end);
  }
  if (changesAt !== undefined) {
    moments.push(changesAt);
  }
  return moments.length > 0 ? Math.ceil(Math.min(...moments)) : undefined;
}

function staleAfter(
  slo: Pick<DueSlo, 'sourceError'>,
  limits: SloLimits = defaultSloLimits,
): number {
  return slo.sourceError
    ? Math.min(limits.failingStaleAfterSeconds, limits.staleAfterSeconds)
    : limits.staleAfterSeconds;
}
