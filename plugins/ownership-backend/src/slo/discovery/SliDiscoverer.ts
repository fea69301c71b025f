import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { SloDefinition } from '@service-ownership/backstage-plugin-ownership-common';
import type {
  DiscoveredSlo,
  SliDiscovery,
  SliSource,
} from '@service-ownership/backstage-plugin-ownership-node';
import type { Knex } from 'knex';
import { columnText } from '../../drift/store/columnText';
import type { SloService } from '../SloService';
import { forgetDiscoveries, writeDiscovery } from '../store/discoveries';
import type { UnassignedSlo } from '../store/discoveries';
import { readNamedComponents } from '../store/readNamedComponents';
import { assignSlo, SLO_SELECTOR } from './assignSlo';
import type { NamedComponent } from './assignSlo';
import { selectorOf } from './selectorOf';

/** SLOs without a component that are named; the others are counted. */
const MAX_UNASSIGNED = 500;

/**
 * Takes over the SLOs that sources find recorded already, beside those of
 * contracts and the catalog.
 */
export class SliDiscoverer {
  readonly #knex: Knex;
  readonly #sources: SliSource[];
  readonly #slos: Pick<SloService, 'syncDefinitions'>;
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    sources: SliSource[];
    slos: Pick<SloService, 'syncDefinitions'>;
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
    now: () => Date;
  }) {
    this.#knex = options.knex;
    this.#sources = options.sources;
    this.#slos = options.slos;
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#logger = options.logger;
    this.#now = options.now;
  }

  /** Looks at every server of every source; one that fails keeps what it had. */
  async discover(options: { signal: AbortSignal }): Promise<void> {
    const found: Array<{ discoveredBy: string; discovery: SliDiscovery }> = [];
    let complete = true;
    for (const source of this.#sources) {
      try {
        for (const discovery of (await source.discover?.(options)) ?? []) {
          const discoveredBy = columnText(
            `${source.id}/${discovery.server}`,
            150,
          );
          found.push({ discoveredBy, discovery });
        }
      } catch (error) {
        complete = false;
        this.#logger.warn(
          `${source.id} could not look for recorded SLOs`,
          error as Error,
        );
      }
    }
    if (complete) {
      await forgetDiscoveries({
        knex: this.#knex,
        known: found.map(({ discoveredBy }) => discoveredBy),
        now: this.#now(),
      });
    }
    const components = found.some(({ discovery }) => 'slos' in discovery)
      ? await this.#components()
      : [];
    const labels = found.flatMap(({ discovery }) =>
      'slos' in discovery ? discovery.slos.map(slo => slo.labels) : [],
    );
    for (const { discoveredBy, discovery } of found) {
      await ('error' in discovery
        ? writeDiscovery(this.#knex, {
            discoveredBy,
            error: columnText(discovery.error, 1000),
          })
        : this.#takeOver({ discoveredBy, discovery, components, labels }));
    }
  }

  async #takeOver(options: {
    discoveredBy: string;
    discovery: Extract<SliDiscovery, { slos: unknown }>;
    components: NamedComponent[];
    /** Those of every SLO that was found. */
    labels: Array<Record<string, string>>;
  }) {
    const { discoveredBy, discovery, components, labels } = options;
    // Described at the end, and only those that are named: for a selector all
    // labels are looked at.
    const unassigned: Array<() => UnassignedSlo> = discovery.problems.map(
      reason => () => ({ slo: '', reason }),
    );
    const byEntity = new Map<string, SloDefinition[]>();
    for (const slo of discovery.slos) {
      const { definition, place } = slo;
      const assigned = assignSlo(slo, components);
      if ('reason' in assigned) {
        const { reason, claimable } = assigned;
        unassigned.push(() => ({
          ...describe(slo),
          reason,
          ...(claimable && {
            selector: selectorOf({ labels: slo.labels, all: labels }),
          }),
        }));
        continue;
      }
      const { entityRef } = assigned;
      const same = byEntity.get(entityRef) ?? [];
      byEntity.set(entityRef, same);
      if (same.some(({ name }) => name === definition.name)) {
        unassigned.push(() => ({
          ...describe(slo),
          reason: `${entityRef} has another recorded SLO called ${definition.name}`,
          entityRef,
        }));
      } else {
        same.push({ ...definition, origin: { entityRef, path: place } });
      }
    }
    const { taken } = await this.#slos.syncDefinitions({
      definitionsByEntity: byEntity,
      discoveredBy,
    });
    unassigned.push(
      ...taken.map(({ entityRef, name }) => () => ({
        slo: name,
        reason: `${entityRef} has an SLO called ${name} already, from its contract, the catalog or another server`,
        entityRef,
      })),
    );
    const more = unassigned.length - MAX_UNASSIGNED;
    await writeDiscovery(this.#knex, {
      discoveredBy,
      lookedAt: this.#now().toISOString(),
      unassigned: [
        ...unassigned
          .slice(0, MAX_UNASSIGNED)
          .map(describeOne => describeOne()),
        ...(more > 0 ? [{ slo: '', reason: `and ${more} more` }] : []),
      ],
    });
  }

  async #components(): Promise<NamedComponent[]> {
    const components = await readNamedComponents(this.#knex);
    const byRef = new Map(
      components.map(component => [component.entityRef, component] as const),
    );
    for await (const page of this.#catalog.streamEntities(
      {
        query: { [`metadata.annotations.${SLO_SELECTOR}`]: { $exists: true } },
        fields: ['kind', 'metadata'],
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    )) {
      for (const entity of page) {
        const component = byRef.get(stringifyEntityRef(entity));
        if (component) {
          component.selector = entity.metadata.annotations?.[SLO_SELECTOR];
        }
      }
    }
    return components;
  }
}

function describe({ definition, place, component }: DiscoveredSlo) {
  return {
    slo: definition.title,
    place,
    objective: definition.objective,
    ...(component && { component: columnText(component, 200) }),
  };
}
