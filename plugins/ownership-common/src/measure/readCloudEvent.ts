import { isRecord } from '../contract/isRecord';

/**
 * A CloudEvent as far as it matters here.
 *
 * @public
 */
export interface CloudEvent {
  /** With `source` it names the event. */
  id: string;
  /** Who tells. */
  source: string;
  /** What kind of event it is. */
  type: string;
  /** When it happened, as written. */
  time?: string;
  /** What it is about. */
  subject?: string;
  /** Its content: for a CDEvent `{ context, subject, customData }`. */
  data: Record<string, unknown>;
  /** Extension attribute `entityref`: the component, said outright. */
  entityRef?: string;
}

const LONGEST = 1000;

/**
 * Reads one event: a CloudEvent 1.0 in JSON, or a CDEvent without a CloudEvent
 * around it. `message` says what is wrong.
 *
 * @public
 */
export function readCloudEvent(
  raw: unknown,
): { event: CloudEvent } | { message: string } {
  if (!isRecord(raw)) {
    return { message: 'an event must be a JSON object' };
  }
  const bare = raw.specversion === undefined && isRecord(raw.context);
  const context = bare ? (raw.context as Record<string, unknown>) : raw;
  if (!bare && !/^1\.\d+$/.test(String(raw.specversion ?? ''))) {
    return {
      message:
        'specversion must be 1.0, or the event a CDEvent with context and subject',
    };
  }
  const { id, source, type } = context;
  for (const [name, value] of Object.entries({ id, source, type })) {
    if (typeof value !== 'string' || !value || value.length > LONGEST) {
      return {
        message: `${name} must be a text of 1 to ${LONGEST} characters`,
      };
    }
  }
  const data = bare ? raw : readData(raw);
  if (!data) {
    return { message: 'data must be a JSON object' };
  }
  return {
    event: {
      id: id as string,
      source: source as string,
      type: type as string,
      time: text(bare ? context.timestamp : raw.time),
      subject: text(raw.subject),
      entityRef: text(raw.entityref),
      data,
    },
  };
}

function readData(
  raw: Record<string, unknown>,
): Record<string, unknown> | undefined {
  if (isRecord(raw.data)) {
    return raw.data;
  }
  const written =
    typeof raw.data_base64 === 'string'
      ? fromBase64(raw.data_base64)
      : raw.data;
  if (written === undefined || written === null) {
    return {};
  }
  try {
    const data = JSON.parse(String(written));
    return isRecord(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

function fromBase64(encoded: string): string {
  try {
    const bytes = Uint8Array.from(atob(encoded), letter =>
      letter.charCodeAt(0),
    );
    return new TextDecoder().decode(bytes);
  } catch {
    return '';
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= LONGEST
    ? value || undefined
    : undefined;
}
