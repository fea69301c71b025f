import { Skeleton } from '@backstage/ui';
import {
  measureElement,
  observeElementRect,
  useVirtualizer,
} from '@tanstack/react-virtual';
import type { Rect, Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { ColumnHeader } from './ColumnHeader';
import type { Column, Sorting } from './DataTable';
import { RowCheckbox } from './RowCheckbox';
import styles from './DataTable.module.css';

const rowHeight = 57;
const pageStep = 10;
/** Where nothing is laid out yet, the first rows are there nevertheless. */
const unmeasured: Rect = { width: 900, height: 640 };

/** @internal */
export interface VirtualTableProps<T> {
  /** Says what the table lists; read out by screen readers. */
  caption: string;
  columns: Column<T>[];
  /** Rows that can be reached by scrolling now. */
  count: number;
  /** All rows there are. */
  total: number;
  /** Absent while a row is on its way. */
  rowAt(index: number): T | undefined;
  /** Told which rows are needed, `last` included. */
  onRange(range: { first: number; last: number }): void;
  rowKey(row: T): string;
  sorting: Sorting;
  onSort(sorting: Sorting): void;
  onOpen(row: T): void;
  onClose(): void;
  openKey?: string;
  selected: ReadonlySet<string>;
  onToggle(row: T): void;
  /** What stands above the check marks. */
  selectAll: { label: string; checked: boolean; mixed: boolean };
  onSelectAll(): void;
  selectLabel(row: T): string;
  /** The rows shown are those of the query before. */
  stale: boolean;
  /** Another question begins at the top. */
  question: string;
  /** Stands below: which rows are in sight, counted from 1. */
  footer(range: { from: number; to: number }): ReactNode;
}

/**
 * A table of any length of which only the rows in sight are in the page. Rows
 * are walked with the arrow keys or j and k; Enter opens, space selects,
 * Escape closes what is open, Home and End go to the ends.
 *
 * @internal
 */
export function VirtualTable<T>(props: VirtualTableProps<T>) {
  const { columns, count, rowAt, rowKey, selected, onRange } = props;
  const frame = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const [active, setActive] = useState(0);
  const toFocus = useRef<number>();

  const virtualizer = useVirtualizer<HTMLDivElement, HTMLTableRowElement>({
    count,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    initialRect: unmeasured,
    observeElementRect: observeLaidOut,
    measureElement: (...row) => measureElement(...row) || rowHeight,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items[items.length - 1]?.index ?? 0;
  const before = items[0]?.start ?? 0;
  const after =
    virtualizer.getTotalSize() - (items[items.length - 1]?.end ?? 0);
  const top = virtualizer.scrollOffset ?? 0;
  const bottom = top + (virtualizer.scrollRect?.height ?? 0);
  const inSight = items.filter(item => item.end > top && item.start < bottom);

  useEffect(() => {
    onRange({ first, last });
  }, [first, last, onRange]);

  const { question } = props;
  useEffect(() => {
    setActive(0);
    frame.current?.scrollTo?.({ top: 0 });
  }, [question]);

  // The row may have to be scrolled to and drawn before it can be focused.
  useEffect(() => {
    if (toFocus.current === undefined) {
      return;
    }
    const row = body.current?.querySelector<HTMLElement>(
      `tr[data-index="${toFocus.current}"]`,
    );
    if (row) {
      toFocus.current = undefined;
      row.focus({ preventScroll: true });
      // Of the page as well, where the table goes below what is in sight.
      row.scrollIntoView?.({ block: 'nearest' });
    }
  });

  const walk = (event: KeyboardEvent<HTMLTableRowElement>, index: number) => {
    const row = rowAt(index);
    if (event.target !== event.currentTarget || !row) {
      return;
    }
    const steps: Record<string, number> = {
      ArrowDown: index + 1,
      j: index + 1,
      ArrowUp: index - 1,
      k: index - 1,
      PageDown: index + pageStep,
      PageUp: index - pageStep,
      Home: 0,
      End: count - 1,
    };
    const actions: Record<string, () => void> = {
      Enter: () => props.onOpen(row),
      Escape: props.onClose,
      ' ': () => props.onToggle(row),
      x: () => props.onToggle(row),
    };
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key in steps) {
      event.preventDefault();
      const next = Math.max(0, Math.min(count - 1, steps[event.key]));
      toFocus.current = next;
      setActive(next);
      virtualizer.scrollToIndex(next);
    } else if (event.key in actions) {
      event.preventDefault();
      actions[event.key]();
    }
  };

  // One stop for Tab: where one was last, or else the first row there is.
  const stop = active >= first && active <= last ? active : first;
  const width = columns.length + 1;

  return (
    <>
      <div
        ref={frame}
        className={`${styles.frame} ${styles.scrolls}`}
        data-stale={props.stale || undefined}
      >
        <table
          className={`${styles.table} ${styles.fixed}`}
          aria-busy={props.stale || undefined}
          aria-rowcount={props.total + 1}
        >
          <caption className={styles.caption}>{props.caption}</caption>
          <thead>
            <tr aria-rowindex={1}>
              <th scope="col" className={styles.selectCell}>
                <RowCheckbox
                  {...props.selectAll}
                  onChange={props.onSelectAll}
                />
              </th>
              {columns.map(column => (
                <ColumnHeader
                  key={column.id}
                  column={column}
                  sorting={props.sorting}
                  onSort={props.onSort}
                />
              ))}
            </tr>
          </thead>
          <tbody ref={body}>
            {before > 0 && <Spacer height={before} />}
            {items.map(({ index }) => {
              const row = rowAt(index);
              const key = row && rowKey(row);
              return (
                <tr
                  key={index}
                  ref={virtualizer.measureElement}
                  data-index={index}
                  className={styles.row}
                  aria-rowindex={index + 2}
                  aria-busy={!row || undefined}
                  data-open={(key && key === props.openKey) || undefined}
                  data-selected={(key && selected.has(key)) || undefined}
                  data-opens={row ? true : undefined}
                  tabIndex={index === stop ? 0 : -1}
                  onFocus={() => setActive(index)}
                  onKeyDown={event => walk(event, index)}
                  onClick={event => {
                    if (row && isFreeSpace(event.target as Element)) {
                      props.onOpen(row);
                    }
                  }}
                >
                  {row ? (
                    <>
                      <td className={styles.selectCell}>
                        <RowCheckbox
                          label={props.selectLabel(row)}
                          checked={selected.has(rowKey(row))}
                          onChange={() => props.onToggle(row)}
                        />
                      </td>
                      {columns.map(column => (
                        <td
                          key={column.id}
                          className={styles.cell}
                          data-align={column.align}
                          data-wide-only={column.wideOnly || undefined}
                        >
                          {column.cell(row)}
                        </td>
                      ))}
                    </>
                  ) : (
                    <td className={styles.cell} colSpan={width}>
                      <Skeleton width="70%" height={14} />
                    </td>
                  )}
                </tr>
              );
            })}
            {after > 0 && <Spacer height={after} />}
          </tbody>
        </table>
      </div>
      {props.footer({
        from: (inSight[0]?.index ?? first) + 1,
        to: (inSight[inSight.length - 1]?.index ?? last) + 1,
      })}
    </>
  );
}

function Spacer(props: { height: number }) {
  return (
    <tr aria-hidden="true" className={styles.spacer}>
      <td style={{ height: props.height }} />
    </tr>
  );
}

function observeLaidOut<T extends Element>(
  instance: Virtualizer<HTMLDivElement, T>,
  tell: (rect: Rect) => void,
) {
  return observeElementRect(instance, rect =>
    tell(rect.height > 0 ? rect : unmeasured),
  );
}

function isFreeSpace(target: Element): boolean {
  return (
    !target.closest('a, button, input, label, summary') &&
    !window.getSelection()?.toString()
  );
}
