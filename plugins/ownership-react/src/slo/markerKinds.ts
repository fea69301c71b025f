import type { Tone } from '../palette';
import type { BurnDownMarker } from './BurnDownChart';

/**
 * Kinds of markers the charts have a sign and a word for, in the order of the
 * legend.
 *
 * @internal
 */
export const markerKinds = [
  'deployment',
  'rolledback',
  'failed',
  'removed',
  'incident',
  'alert',
  'excluded',
  'changed',
] as const;

/** @internal */
export type MarkerKind = (typeof markerKinds)[number] | 'other';

/**
 * The kind of a marker as the charts know it.
 *
 * @internal
 */
export function markerKindOf({
  kind,
}: Pick<BurnDownMarker, 'kind'>): MarkerKind {
  return markerKinds.find(known => known === kind) ?? 'other';
}

/** @internal */
export const markerTones: Record<MarkerKind, Tone> = {
  deployment: 'info',
  rolledback: 'warning',
  failed: 'warning',
  removed: 'muted',
  incident: 'bad',
  alert: 'warning',
  excluded: 'muted',
  changed: 'info',
  other: 'muted',
};
