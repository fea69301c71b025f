import { sloWindowLimits } from '@service-ownership/backstage-plugin-ownership-common';
import type {
  DiscoveredSlo,
  SliDiscovery,
} from '@service-ownership/backstage-plugin-ownership-node';
import type { PrometheusServer } from '../server/PrometheusServer';
import { ServerError } from '../server/ServerError';
import type { RecordedSlo } from './RecordedSlo';
import { PYRRA_QUERY, readPyrra } from './readPyrra';
import { readSloth, SLOTH_QUERY } from './readSloth';
import { recordedIndicator } from './recordedIndicator';

/** SLOs of one server; more is taken for a mistake. */
const MAX_SLOS = 10_000;
const DAY = 86_400;

/**
 * Finds the SLOs that Sloth and Pyrra recorded on a server, with three calls.
 *
 * @param options - `componentLabels`: labels that name the component; the
 * first one an SLO has is taken
 */
export async function discoverSlos(options: {
  server: PrometheusServer;
  componentLabels: readonly string[];
  signal: AbortSignal;
}): Promise<SliDiscovery> {
  const { server, componentLabels, signal } = options;
  try {
    const [sloth, pyrra] = await Promise.all([
      server.query({ query: SLOTH_QUERY, signal }),
      server.query({ query: PYRRA_QUERY, signal }),
    ]);
    const recorded = [...readSloth(sloth), ...readPyrra(pyrra)].sort((a, b) =>
      identity(a) < identity(b) ? -1 : 1,
    );
    if (recorded.length > MAX_SLOS) {
      throw new ServerError(
        'query',
        `it records ${recorded.length} SLOs, more than the ${MAX_SLOS} that are taken over`,
      );
    }
    const names = new Set(recorded.map(({ errorRatio }) => errorRatio.name));
    const rules =
      recorded.length > 0
        ? await server.recordingRules({ names: [...names], signal })
        : [];
    const slos: DiscoveredSlo[] = [];
    const problems: string[] = [];
    for (const slo of recorded) {
      const problem = problemOf(slo);
      if (problem) {
        problems.push(`${slo.tool} SLO ${slo.name.slice(0, 200)}: ${problem}`);
      } else {
        const { indicator, warnings } = recordedIndicator({ slo, rules });
        const component = componentLabels
          .map(label => slo.labels[label])
          .find(Boolean);
        slos.push({
          definition: {
            name: nameOf(slo),
            title: slo.name.slice(0, 200),
            objective: slo.objective,
            budgetingMethod: 'Occurrences',
            window: windowOf(slo),
            noDataSlices: 'ignore',
            indicator: {
              ...indicator,
              dataSource: server.name,
              type: 'Prometheus',
            },
            warnings,
          },
          place: `${slo.tool}, discovered at Prometheus server ${server.name}`,
          labels: slo.labels,
          ...(component && { component }),
        });
      }
    }
    return { server: server.name, slos, problems };
  } catch (error) {
    if (error instanceof ServerError) {
      return {
        server: server.name,
        error: `Prometheus server ${server.name}: ${error.message}`,
      };
    }
    throw error;
  }
}

function problemOf({ name, objective, windowSeconds }: RecordedSlo) {
  if (nameOf({ name }) === '') {
    return 'its name has neither letters nor digits';
  }
  if (!(objective > 0 && objective < 1)) {
    return `its objective must be above 0 and below 1, it is ${objective}`;
  }
  const { minSeconds, maxSeconds } = sloWindowLimits;
  if (!(windowSeconds >= minSeconds && windowSeconds <= maxSeconds)) {
    return `its window must be from 1 to 366 days, it is ${windowSeconds} seconds`;
  }
  return undefined;
}

/** What an SLO may be called in addresses. */
function nameOf({ name }: Pick<RecordedSlo, 'name'>): string {
  return name
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[._-]+/, '')
    .slice(0, 100);
}

function windowOf({ windowSeconds }: RecordedSlo) {
  const duration =
    windowSeconds % DAY === 0
      ? `${windowSeconds / DAY}d`
      : `${Math.round(windowSeconds / 3600)}h`;
  return {
    type: 'rolling' as const,
    duration,
    durationSeconds: windowSeconds,
  };
}

function identity({ tool, labels }: RecordedSlo): string {
  return JSON.stringify([tool, Object.entries(labels).sort()]);
}
