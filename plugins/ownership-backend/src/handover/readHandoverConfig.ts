import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { defaultHandoverChecklist } from '@service-ownership/backstage-plugin-ownership-common';

/** What holds for every handover that does not say otherwise. */
export interface HandoverConfig {
  checklist: string[];
  /** When it is due, in days after it was proposed. */
  dueAfterDays: number;
}

const MOST_ITEMS = 50;
const LONGEST_ITEM = 200;
const LONGEST_DAYS = 730;

/**
 * Reads `ownership.handover`.
 *
 * @throws InputError that says what is accepted
 */
export function readHandoverConfig(config: Config): HandoverConfig {
  const checklist = config.getOptionalStringArray(
    'ownership.handover.checklist',
  ) ?? [...defaultHandoverChecklist];
  if (
    checklist.length > MOST_ITEMS ||
    checklist.some(({ length }) => length > LONGEST_ITEM)
  ) {
    throw new InputError(
      `ownership.handover.checklist must have at most ${MOST_ITEMS} items of at most ${LONGEST_ITEM} characters`,
    );
  }
  const dueAfterDays =
    config.getOptionalNumber('ownership.handover.dueAfterDays') ?? 30;
  if (!(dueAfterDays > 0 && dueAfterDays <= LONGEST_DAYS)) {
    throw new InputError(
      `ownership.handover.dueAfterDays must be a number above 0 and at most ${LONGEST_DAYS}`,
    );
  }
  return { checklist, dueAfterDays };
}
