import { plainText } from '../drift/plainText';
import { isWebAddress } from '../contract/webAddress';
import type { CloudEvent } from './readCloudEvent';
import { eventMoment } from './eventMoment';
import type { Deployment, DeploymentKind, Incident } from './types';

/**
 * What an event tells of a deployment or an incident, and what it is about.
 *
 * @public
 */
export type DeliveryEvent = {
  /** The component, where the event says it outright; as written. */
  entityRef?: string;
  /** The service the event is about, where it names one. */
  service?: { id: string; source: string };
} & (
  | { kind: 'deployment'; deployment: Omit<Deployment, 'id'> }
  | {
      kind: 'incident';
      /** With `source` it names the incident. */
      incidentId: string;
      source: string;
      incident: Omit<Incident, 'id' | 'entityRef'>;
    }
);

const TYPE =
  /^dev\.cdevents\.(service|incident)\.([a-z]{1,40})(?:\.(\d{1,9})\.\d{1,9}\.\d{1,9}(?:-[\w.]{1,40})?)?$/;

const deployments = [
  'deployed',
  'upgraded',
  'rolledback',
  'removed',
  'published',
];
const incidents = ['detected', 'reported', 'resolved'];

/**
 * Reads a CDEvent of the subjects `service` and `incident`, any version 0.x.
 *
 * Beside what the standard has, `customData` may say `entityRef` (the
 * component), `startedAt` and `mitigatedAt` (of an incident), `outcome` with
 * the value `failure` (of a deployment that never came through), `version` and
 * `url`.
 *
 * `ignored` is an event of a kind that says nothing here; `invalid` one that
 * should and does not.
 *
 * @public
 */
export function readDeliveryEvent(options: {
  event: CloudEvent;
  now: Date;
}): { read: DeliveryEvent } | { ignored: string } | { invalid: string } {
  const { event, now } = options;
  const [, kind, predicate, major] = TYPE.exec(event.type) ?? [];
  const known = kind === 'service' ? deployments : incidents;
  if (!kind || !known.includes(predicate)) {
    return {
      ignored: `type ${plainText(
        event.type,
      )} is not read here; dev.cdevents.service.{${deployments.join(
        ',',
      )}} and dev.cdevents.incident.{${incidents.join(',')}} are`,
    };
  }
  if (major !== undefined && major !== '0') {
    return { ignored: `version ${major} of ${kind} events is not known yet` };
  }

  const subject = record(event.data.subject);
  const content = record(subject.content ?? event.data.content);
  const custom = record(event.data.customData);
  const context = record(event.data.context);
  const moment = eventMoment({
    text: context.timestamp ?? event.time,
    now,
    name: 'timestamp',
  });
  if ('invalid' in moment) {
    return moment;
  }
  const subjectId = name(subject.id ?? event.subject);
  if (!subjectId) {
    return { invalid: 'subject.id must name what the event is about' };
  }
  const source = name(subject.source) ?? event.source;
  const environment = name(record(content.environment).id);
  const url = [custom.url, content.ticketURI, content.url]
    .map(address => (typeof address === 'string' ? address.trim() : ''))
    .find(address => address.length <= 1000 && isWebAddress(address));
  const about = {
    entityRef:
      name(custom.entityRef) ??
      name(custom['service-ownership.io/entity']) ??
      event.entityRef,
  };

  if (kind === 'service') {
    return {
      read: {
        ...about,
        service: { id: subjectId, source },
        kind: 'deployment',
        deployment: {
          kind: predicate as DeploymentKind,
          outcome: /^(fail|error)/i.test(String(custom.outcome ?? ''))
            ? 'failure'
            : 'success',
          at: moment.at,
          environment,
          version: name(custom.version) ?? artifactVersion(content.artifactId),
          url,
        },
      },
    };
  }

  const service = record(content.service);
  const serviceId = name(service.id);
  const times: Pick<Incident, 'startedAt' | 'mitigatedAt'> = {};
  for (const key of ['startedAt', 'mitigatedAt'] as const) {
    if (custom[key] !== undefined) {
      const told = eventMoment({
        text: custom[key],
        now,
        name: `customData.${key}`,
      });
      if ('invalid' in told) {
        return told;
      }
      times[key] = told.at;
    }
  }
  return {
    read: {
      ...about,
      service: serviceId
        ? { id: serviceId, source: name(service.source) ?? event.source }
        : undefined,
      kind: 'incident',
      incidentId: subjectId,
      source,
      incident: {
        ...times,
        [`${predicate}At` as 'detectedAt']: moment.at,
        environment,
        // How it ended is not what it was.
        title:
          predicate === 'resolved'
            ? undefined
            : plainText(content.description, { max: 200 }) || undefined,
        url,
      },
    },
  };
}

/** The version in a package URL: `1.4.2` of `pkg:oci/checkout@1.4.2?…`. */
function artifactVersion(artifactId: unknown): string | undefined {
  const written = name(artifactId);
  const version = /@([^@?#/]{1,100})(?:[?#]|$)/.exec(written ?? '')?.[1];
  if (!version) {
    return undefined;
  }
  try {
    const decoded = decodeURIComponent(version);
    // A digest is told by its beginning.
    return plainText(
      decoded.replace(/^(sha\d+:)?([0-9a-f]{12})[0-9a-f]{20,}$/i, '$2'),
      {
        max: 100,
      },
    );
  } catch {
    return undefined;
  }
}

function name(value: unknown): string | undefined {
  return typeof value === 'string'
    ? plainText(value, { max: 300 }) || undefined
    : undefined;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
