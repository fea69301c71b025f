import {
  severityRank,
  type Severity,
} from '@service-ownership/backstage-plugin-ownership-common';

/** A finding that a team is told of. */
export interface DigestEntry {
  kind: 'opened' | 'reopened';
  severity: Severity;
  entityRef: string;
  entityTitle: string;
  message: string;
}

/** Something of a team that ends or is asked for within days. */
export interface DueEntry {
  kind: 'waiver' | 'review';
  /** Of a waiver the id of its finding, of a review the ref of the component. */
  id: string;
  entityTitle: string;
  /** Of a waiver: what it accepts. */
  message?: string;
  /** ISO 8601 in UTC. */
  at: string;
}

/** What one recipient is told after a scan, or after several. */
export interface DigestMessage {
  recipient: string;
  opened: number;
  reopened: number;
  /** Of those, how many are of components that the recipient does not own; 0 if absent. */
  ofOthers?: number;
  /** Absent where nothing was opened or reopened. */
  worst?: Severity;
  /** The worst ones, to read in the message itself. */
  examples: DigestEntry[];
  /** Waivers that end and reviews that are due soon. */
  due: number;
  /** The first of those. */
  dueExamples: DueEntry[];
  /**
   * All that it tells of, to look at again before it goes out; absent in what
   * an older version kept.
   */
  about?: DigestContent;
}

/** What a message tells of, one by one. */
export interface DigestContent {
  findings: Array<{ id: string; kind: DigestEntry['kind'] }>;
  due: DueEntry[];
}

const MAX_EXAMPLES = 5;

/** Gathers what each team is told after a scan: counts and a few examples. */
export class Digest {
  readonly #messages = new Map<string, DigestMessage>();

  add(options: {
    recipients: readonly string[];
    findingId: string;
    entry: DigestEntry;
    /** Who owns the component, as the catalog says. */
    ownerRefs: readonly string[];
  }): void {
    const { recipients, findingId, entry, ownerRefs } = options;
    for (const recipient of new Set(recipients)) {
      this.addMessage({
        ...emptyMessage(recipient),
        [entry.kind]: 1,
        ofOthers: ownerRefs.includes(recipient) ? 0 : 1,
        worst: entry.severity,
        examples: [entry],
        about: { findings: [{ id: findingId, kind: entry.kind }], due: [] },
      });
    }
  }

  addDue(recipient: string, entry: DueEntry): void {
    this.addMessage({
      ...emptyMessage(recipient),
      due: 1,
      dueExamples: [entry],
      about: { findings: [], due: [entry] },
    });
  }

  /** Adds to what its recipient is told. */
  addMessage(message: DigestMessage): void {
    const { recipient } = message;
    const before = this.#messages.get(recipient);
    this.#messages.set(
      recipient,
      before ? mergeMessages(before, message) : message,
    );
  }

  /** One message for each recipient. */
  messages(): DigestMessage[] {
    return [...this.#messages.values()];
  }
}

/** Two messages to one recipient as one; takes over what the first is about. */
export function mergeMessages(
  a: DigestMessage,
  b: DigestMessage,
): DigestMessage {
  // The same examples whatever comes first.
  const examples = [...a.examples, ...b.examples].sort(
    (one, other) =>
      severityRank(one.severity) - severityRank(other.severity) ||
      compare(one.entityRef, other.entityRef) ||
      compare(one.message, other.message),
  );
  return {
    recipient: a.recipient,
    opened: a.opened + b.opened,
    reopened: a.reopened + b.reopened,
    ofOthers: (a.ofOthers ?? 0) + (b.ofOthers ?? 0),
    worst: examples[0]?.severity,
    examples: examples.slice(0, MAX_EXAMPLES),
    due: a.due + b.due,
    dueExamples: [...a.dueExamples, ...b.dueExamples]
      .sort((one, other) => one.at.localeCompare(other.at))
      .slice(0, MAX_EXAMPLES),
    about: a.about && b.about && mergeContents(a.about, b.about),
  };
}

/** Into the first: a scan may add a hundred thousand one by one. */
function mergeContents(a: DigestContent, b: DigestContent): DigestContent {
  b.findings.forEach(finding => a.findings.push(finding));
  b.due.forEach(entry => a.due.push(entry));
  return a;
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

function emptyMessage(recipient: string): DigestMessage {
  return {
    recipient,
    opened: 0,
    reopened: 0,
    examples: [],
    due: 0,
    dueExamples: [],
  };
}
