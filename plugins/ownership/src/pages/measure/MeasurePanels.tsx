import type { MeasureTotals } from '@service-ownership/backstage-plugin-ownership-common';
import { CostPanel } from './CostPanel';
import { DeliveryPanel } from './DeliveryPanel';
import styles from './Measure.module.css';

/**
 * What goes out, what breaks and what it costs, side by side.
 *
 * @internal
 */
export function MeasurePanels(props: {
  totals: MeasureTotals;
  team?: string;
  days: number;
}) {
  return (
    <div className={styles.panels}>
      <DeliveryPanel {...props} />
      <CostPanel totals={props.totals} team={props.team} />
    </div>
  );
}
