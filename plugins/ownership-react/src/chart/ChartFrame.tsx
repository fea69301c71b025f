import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Button } from '@backstage/ui';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { toneClass } from '../palette';
import { ownershipReactTranslationRef } from '../translation';
import styles from './Chart.module.css';

/** @internal */
export interface ChartTable {
  columns: string[];
  rows: string[][];
}

/**
 * A chart with its name, and the same numbers as a table on demand.
 *
 * @internal
 */
export function ChartFrame(props: {
  label: string;
  height: number;
  table(): ChartTable;
  legend?: ReactNode;
  hideTable?: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslationRef(ownershipReactTranslationRef);
  const [open, setOpen] = useState(false);
  const { label, height, table } = props;
  return (
    <div className={`${styles.chart} ${toneClass('muted')}`}>
      <div
        role="img"
        aria-label={label}
        className={styles.plot}
        style={{ height }}
      >
        {props.children}
      </div>
      {props.legend}
      {!props.hideTable && (
        <Button
          className={styles.tableButton}
          size="small"
          variant="tertiary"
          aria-expanded={open}
          onPress={() => setOpen(!open)}
        >
          {t(open ? 'chart.hideTable' : 'chart.showTable')}
        </Button>
      )}
      {open && <DataTable label={label} {...table()} />}
    </div>
  );
}

function DataTable(props: ChartTable & { label: string }) {
  return (
    <div
      className={styles.tableFrame}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it
      tabIndex={0}
      role="region"
      aria-label={props.label}
    >
      <table className={styles.table}>
        <thead>
          <tr>
            {props.columns.map(column => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map(row => (
            <tr key={row[0]}>
              {row.map((cell, index) => (
                <td key={index}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
