import { createHash } from 'node:crypto';
import {
  candidatesOf,
  componentOfService,
  incidentStart,
  readCloudEvent,
  readDeliveryEvent,
  type CloudEvent,
  type DeliveryEvent,
  type EventsResult,
  type Incident,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { dropOldMeasures } from './dropOldMeasures';
import type { MeasureConfig } from './MeasureConfig';
import type { DeploymentRow } from './store/DeliveryRow';
import { findComponents } from './store/findComponents';
import { judgeDeployments } from './store/judgeDeployments';
import {
  insertDeployments,
  lockDeliveries,
  mergeIncidents,
  noteEvents,
} from './store/writeDeliveries';

type Result = EventsResult['results'][number];

/** An event that will be stored unless it was stored before. */
interface Delivery {
  key: string;
  event: CloudEvent;
  read: DeliveryEvent;
  entityRef?: string;
}

/**
 * Takes deployments and incidents.
 *
 * Laws: an event is known by its source and id, and counts once. The order of
 * arrival does not matter. An event that cannot be used stops no other.
 */
export class DeliveryService {
  readonly #knex: Knex;
  readonly #config: MeasureConfig;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    config: MeasureConfig;
    now?: () => Date;
  }) {
    this.#knex = options.knex;
    this.#config = options.config;
    this.#now = options.now ?? (() => new Date());
  }

  /** Stores what events say; each is answered in its place. */
  async receive(raw: readonly unknown[]): Promise<EventsResult> {
    const now = this.#now();
    const results = new Array<Result>(raw.length);
    const read: Array<{
      index: number;
      event: CloudEvent;
      read: DeliveryEvent;
    }> = [];
    raw.forEach((one, index) => {
      const envelope = readCloudEvent(one);
      if ('message' in envelope) {
        results[index] = { status: 'invalid', reason: envelope.message };
        return;
      }
      const { event } = envelope;
      const content = readDeliveryEvent({ event, now });
      if ('read' in content) {
        read.push({ index, event, read: content.read });
      } else {
        results[index] = {
          id: event.id,
          ...('ignored' in content
            ? { status: 'ignored', reason: content.ignored }
            : { status: 'invalid', reason: content.invalid }),
        };
      }
    });

    const mapped = await this.#map(read);
    const deliveries = new Map<number, Delivery>();
    for (const { index, ...delivery } of mapped) {
      if ('message' in delivery) {
        results[index] = {
          id: delivery.event.id,
          status: 'unmapped',
          reason: delivery.message,
        };
      } else {
        deliveries.set(index, delivery);
      }
    }
    const stored = await this.#store([...deliveries.values()], now);
    for (const [
      index,
      { event, entityRef, key, read: content },
    ] of deliveries) {
      results[index] = {
        id: event.id,
        // The same event twice in one call is stored once.
        status: stored.delete(key) ? 'stored' : 'duplicate',
        ...(entityRef
          ? { entityRef }
          : {
              reason: 'no event has named the component of this incident yet',
            }),
        ...(entityRef && this.#note(content)),
      };
    }
    return { results };
  }

  /** Drops what is older than 400 days. */
  async dropOld(): Promise<void> {
    await dropOldMeasures({ knex: this.#knex, now: this.#now() });
  }

  /** Judges all deployments again, as after a change of the configuration. */
  async judgeAll(): Promise<void> {
    const refs = await this.#knex('deployments').distinct('entity_ref');
    const now = this.#now().toISOString();
    await judgeDeployments(this.#knex, {
      entityRefs: refs.map(row => row.entity_ref),
      from: '2000-01-01T00:00:00.000Z',
      to: now,
      windowSeconds: this.#config.failureWindowSeconds,
    });
  }

  #note(read: DeliveryEvent): { reason?: string } {
    const { environment } =
      read.kind === 'deployment' ? read.deployment : read.incident;
    return this.#config.isProduction(environment)
      ? {}
      : {
          reason: `${environment} is not a production environment: it is kept and not counted`,
        };
  }

  async #map<T extends { read: DeliveryEvent; event: CloudEvent }>(
    events: readonly T[],
  ): Promise<
    Array<T & ({ key: string; entityRef?: string } | { message: string })>
  > {
    const { services: mappings } = this.#config;
    const candidates = events.map(({ read }) =>
      candidatesOf({ ...read, mappings }),
    );
    const { known, byName } = await findComponents(this.#knex, {
      refs: [...new Set(candidates.flatMap(({ refs }) => refs))],
      names: [...new Set(candidates.flatMap(({ name }) => name ?? []))],
    });
    return events.map(one => {
      const { read, event } = one;
      const key = digest([event.source, event.id]);
      const component = componentOfService({
        ...read,
        mappings,
        isKnown: ref => known.has(ref),
        named: name => byName.get(name) ?? [],
      });
      if ('ref' in component) {
        return { ...one, key, entityRef: component.ref };
      }
      // The end of an incident need not say once more what it was about.
      return read.kind === 'incident' && !read.service && !read.entityRef
        ? { ...one, key }
        : { ...one, message: component.message };
    });
  }

  async #store(
    deliveries: readonly Delivery[],
    now: Date,
  ): Promise<Set<string>> {
    if (deliveries.length === 0) {
      return new Set();
    }
    const { isProduction, failureWindowSeconds } = this.#config;
    return this.#knex.transaction(async tx => {
      await lockDeliveries(tx);
      const added = await noteEvents(tx, {
        ids: [...new Set(deliveries.map(({ key }) => key))],
        now,
      });
      const fresh = deliveries.filter(({ key }) => added.has(key));
      const deployments = fresh.flatMap(toDeploymentRow(isProduction));
      await insertDeployments(tx, deployments);
      const incidents = await mergeIncidents(tx, {
        told: fresh.flatMap(toTold),
        isProduction,
        now,
      });
      const happened = [
        ...deployments.map(row => ({ ref: row.entity_ref, at: row.at })),
        // An event may also have moved the beginning of an incident.
        ...incidents.flatMap(incident =>
          [
            incidentStart(incident),
            incident.detectedAt,
            incident.reportedAt,
            incident.resolvedAt,
          ].flatMap(at =>
            at && incident.entityRef ? [{ ref: incident.entityRef, at }] : [],
          ),
        ),
      ];
      if (happened.length > 0) {
        const times = happened.map(({ at }) => at).sort();
        await judgeDeployments(tx, {
          entityRefs: [...new Set(happened.map(({ ref }) => ref))],
          from: times[0],
          to: times[times.length - 1],
          windowSeconds: failureWindowSeconds,
        });
      }
      return added;
    });
  }
}

function toDeploymentRow(isProduction: MeasureConfig['isProduction']) {
  return ({ key, entityRef, read }: Delivery): DeploymentRow[] =>
    read.kind === 'deployment' && entityRef
      ? [
          {
            id: key,
            entity_ref: entityRef,
            kind: read.deployment.kind,
            outcome: read.deployment.outcome,
            at: read.deployment.at,
            environment: read.deployment.environment ?? null,
            version: read.deployment.version ?? null,
            url: read.deployment.url ?? null,
            counts: isProduction(read.deployment.environment),
            failure: null,
          },
        ]
      : [];
}

function toTold({ read, entityRef }: Delivery): Incident[] {
  return read.kind === 'incident'
    ? [
        {
          id: digest([read.source, read.incidentId]),
          ...read.incident,
          ...(entityRef && { entityRef }),
        },
      ]
    : [];
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
