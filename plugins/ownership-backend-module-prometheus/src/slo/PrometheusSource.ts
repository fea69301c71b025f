import type { SloDefinition } from '@service-ownership/backstage-plugin-ownership-common';
import type {
  SliDiscovery,
  SliReading,
  SliRequest,
  SliSource,
} from '@service-ownership/backstage-plugin-ownership-node';
import { discoverSlos } from '../discovery/discoverSlos';
import type { PrometheusServerConfig } from '../PrometheusConfig';
import { PrometheusServer } from '../server/PrometheusServer';
import type { World } from '../server/PrometheusServer';
import { mergeReadings } from './mergeReadings';
import { ServerSource } from './ServerSource';

/** Types of data sources that speak the Prometheus API. */
const TYPES = new Set([
  'prometheus',
  'thanos',
  'mimir',
  'cortex',
  'victoriametrics',
]);

const realWorld: World = {
  fetch: (...args) => fetch(...args),
  now: () => new Date(),
  sleep: milliseconds =>
    new Promise(resolve => {
      setTimeout(resolve, milliseconds);
    }),
  random: Math.random,
  timeout: milliseconds => AbortSignal.timeout(milliseconds),
};

/**
 * Reads SLIs from Prometheus-compatible servers. SLOs are read from the server
 * they name as their data source, else from the default one.
 */
export class PrometheusSource implements SliSource {
  readonly id = 'prometheus';
  readonly #servers: Map<string, ServerSource>;
  readonly #default?: string;
  readonly #takesUntyped: boolean;
  readonly #discovering: PrometheusServer[] = [];
  readonly #componentLabels: readonly string[];

  constructor(options: {
    servers: PrometheusServerConfig[];
    componentLabels?: readonly string[];
    world?: World;
  }) {
    const { servers, componentLabels = [], world = realWorld } = options;
    this.#componentLabels = componentLabels;
    this.#servers = new Map(
      servers.map(config => {
        const server = new PrometheusServer({ config, world });
        if (config.discovers) {
          this.#discovering.push(server);
        }
        return [config.name, new ServerSource({ server, now: world.now })];
      }),
    );
    const chosen = servers.find(({ isDefault }) => isDefault);
    this.#takesUntyped = chosen !== undefined;
    this.#default =
      chosen?.name ?? (servers.length === 1 ? servers[0].name : undefined);
  }

  reads({ indicator }: SloDefinition): boolean {
    if (
      !indicator ||
      !(indicator.total || indicator.raw || indicator.threshold)
    ) {
      return false;
    }
    const { type, dataSource } = indicator;
    if (type !== undefined) {
      return TYPES.has(type.toLocaleLowerCase('en-US'));
    }
    return dataSource === undefined
      ? this.#takesUntyped
      : this.#servers.has(dataSource);
  }

  async *read(options: {
    requests: SliRequest[];
    signal: AbortSignal;
  }): AsyncGenerator<SliReading> {
    const byServer = new Map<ServerSource, SliRequest[]>();
    for (const request of options.requests) {
      const name = request.definition.indicator?.dataSource ?? this.#default;
      const server = this.#servers.get(name ?? '');
      if (server) {
        byServer.set(server, [...(byServer.get(server) ?? []), request]);
      } else {
        yield { request, error: this.#describeMissing(name) };
      }
    }
    yield* mergeReadings(
      [...byServer].map(([server, requests]) =>
        server.read({ requests, signal: options.signal }),
      ),
    );
  }

  async discover(options: { signal: AbortSignal }): Promise<SliDiscovery[]> {
    return Promise.all(
      this.#discovering.map(server =>
        discoverSlos({
          server,
          componentLabels: this.#componentLabels,
          signal: options.signal,
        }),
      ),
    );
  }

  #describeMissing(name: string | undefined): string {
    const known = [...this.#servers.keys()].join(', ');
    return name === undefined
      ? `The SLO names no data source and no server is the default one; name one of ${known}`
      : `There is no Prometheus server ${name} in ownership.prometheus.servers; there are ${known}`;
  }
}
