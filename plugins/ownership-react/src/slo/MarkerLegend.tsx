import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import chart from '../chart/Chart.module.css';
import { toneClass } from '../palette';
import { ownershipReactTranslationRef } from '../translation';
import type { BurnDownMarker } from './BurnDownChart';
import { markerKindOf, markerKinds, markerTones } from './markerKinds';
import styles from './Marker.module.css';

/**
 * What the signs in a chart stand for, and how many there are of each.
 *
 * @internal
 */
export function MarkerLegend(props: { markers: readonly BurnDownMarker[] }) {
  const { t } = useTranslationRef(ownershipReactTranslationRef);
  const kinds = props.markers.map(markerKindOf);
  return (
    <>
      {([...markerKinds, 'other'] as const)
        .map(kind => ({ kind, count: kinds.filter(k => k === kind).length }))
        .filter(({ count }) => count > 0)
        .map(({ kind, count }) => (
          <li key={kind}>
            <span
              className={`${chart.swatch} ${styles.sign} ${toneClass(
                markerTones[kind],
              )}`}
              data-kind={kind}
            />
            {t(`marker.count.${kind}`, { count })}
          </li>
        ))}
    </>
  );
}
