import type { Severity } from '@service-ownership/backstage-plugin-ownership-common';
import { SEVERITY_RANK } from '../store/FindingRow';

/** A finding that a team is told of. */
export interface DigestEntry {
  kind: 'opened' | 'reopened';
  severity: Severity;
  entityRef: string;
  entityTitle: string;
  message: string;
}

/** What one recipient is told after a scan. */
export interface DigestMessage {
  recipient: string;
  opened: number;
  reopened: number;
  worst: Severity;
  /** The worst ones, to read in the message itself. */
  examples: DigestEntry[];
}

const MAX_EXAMPLES = 5;

/**
 * Gathers what each team is told after a scan: counts and a few examples, so
 * that its size does not grow with the number of findings.
 */
export class Digest {
  readonly #messages = new Map<string, DigestMessage>();

  add(recipients: readonly string[], entry: DigestEntry): void {
    for (const recipient of new Set(recipients)) {
      const message = this.#messages.get(recipient) ?? {
        recipient,
        opened: 0,
        reopened: 0,
        worst: entry.severity,
        examples: [],
      };
      message[entry.kind] += 1;
      if (SEVERITY_RANK[entry.severity] < SEVERITY_RANK[message.worst]) {
        message.worst = entry.severity;
      }
      message.examples.push(entry);
      message.examples.sort(
        (a, b) => SEVERITY_RANK[a.severity] - SEVERITY_RANK[b.severity],
      );
      message.examples.length = Math.min(message.examples.length, MAX_EXAMPLES);
      this.#messages.set(recipient, message);
    }
  }

  /** One message for each recipient. */
  messages(): DigestMessage[] {
    return [...this.#messages.values()];
  }
}
