import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  normalizeRef,
  severitySchema,
  type Severity,
} from '@service-ownership/backstage-plugin-ownership-common';

/** Who approves waivers of some severities. */
export interface WaiverApproval {
  severities: readonly Severity[];
  /** Canonical refs of groups and users. */
  approvers: readonly string[];
}

/**
 * Which waivers need approval, and by whom.
 */
export class WaiverPolicy {
  readonly #approvers: ReadonlyMap<Severity, readonly string[]>;

  constructor(approvals: readonly WaiverApproval[] = []) {
    this.#approvers = new Map(
      approvals.flatMap(({ severities, approvers }) =>
        severities.map(severity => [severity, approvers] as const),
      ),
    );
  }

  /** Refs of those who approve; `undefined` where no approval is needed. */
  approvers(severity: Severity): readonly string[] | undefined {
    return this.#approvers.get(severity);
  }
}

/**
 * Reads `ownership.drift.waivers.approval`; nothing needs approval without it.
 *
 * @throws InputError that names the setting, and what it accepts
 */
export function readWaiverApproval(
  drift: Config | undefined,
): WaiverApproval[] {
  const key = 'ownership.drift.waivers.approval';
  const entries = drift?.getOptionalConfigArray('waivers.approval') ?? [];
  const seen = new Set<Severity>();
  return entries.map((entry, index) => {
    const at = `${key}[${index}]`;
    const severities = entry.getStringArray('severity').map(text => {
      const severity = severitySchema.safeParse(text);
      if (!severity.success) {
        throw new InputError(
          `${at}.severity: ${text} must be critical, high, medium or low`,
        );
      }
      if (seen.has(severity.data)) {
        throw new InputError(
          `${at}.severity: ${text} has its approvers in an earlier entry; name them all there`,
        );
      }
      seen.add(severity.data);
      return severity.data;
    });
    const approvers = entry.getStringArray('approvers').map(text => {
      const ref = normalizeRef(text, { kind: 'group' });
      if (!ref) {
        throw new InputError(
          `${at}.approvers: ${text} must be an entity ref such as group:default/security`,
        );
      }
      return ref;
    });
    if (severities.length === 0 || approvers.length === 0) {
      throw new InputError(
        `${at} must name at least one severity and one approver`,
      );
    }
    return { severities, approvers };
  });
}
