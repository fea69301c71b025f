import type { FindingFilter } from '@service-ownership/backstage-plugin-ownership-common';
import { DateTime } from 'luxon';
import type { VisibleRefs } from '../../api/Visibility';

/**
 * Which findings are meant: what was asked for, within what may be seen.
 */
export interface FindingSelection {
  filter: FindingFilter;
  visible: VisibleRefs;
  now: Date;
}

/** A moment of a filter as the tables hold it: UTC with milliseconds. */
export function storedMoment(text: string): string {
  return DateTime.fromISO(text).toUTC().toISO() ?? text;
}
