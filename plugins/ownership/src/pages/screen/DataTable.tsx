import { Skeleton } from '@backstage/ui';
import { Fragment, useRef } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { ColumnHeader } from './ColumnHeader';
import { RowCheckbox } from './RowCheckbox';
import styles from './DataTable.module.css';

/** @internal */
export interface Column<T> {
  id: string;
  header: string;
  /** Numbers stand on the right, with their unit. */
  align?: 'start' | 'end';
  /** Name the server or the caller sorts by; absent where it cannot be sorted. */
  sortKey?: string;
  /** Direction of the first click on the header. */
  firstDirection?: 'asc' | 'desc';
  /** Left out where the screen is narrow. */
  wideOnly?: boolean;
  width?: string;
  cell(row: T): ReactNode;
}

/** @internal */
export interface Sorting {
  key: string;
  direction: 'asc' | 'desc';
}

/** @internal */
export interface DataTableProps<T> {
  /** Says what the table lists; read out by screen readers. */
  caption: string;
  columns: Column<T>[];
  rows: T[];
  rowKey(row: T): string;
  /** Name of the row for the controls in it. */
  rowName(row: T): string;
  sorting?: Sorting;
  onSort?(sorting: Sorting): void;
  /** Opens a row: by click on its free space, or Enter. */
  onOpen?(row: T): void;
  openKey?: string;
  /** What is shown below a row, across the table. */
  detail?(row: T): ReactNode;
  /** Keys of the selected rows; with it the rows can be selected. */
  selected?: ReadonlySet<string>;
  onSelect?(selected: Set<string>): void;
  /** The rows shown are those of the query before. */
  stale?: boolean;
  selectAllLabel?: string;
  selectLabel?(row: T): string;
}

/**
 * The one table of the pages. Rows can be walked with the arrow keys; Enter
 * opens, `x` selects, Home and End go to the ends.
 *
 * @internal
 */
export function DataTable<T>(props: DataTableProps<T>) {
  const { columns, rows, rowKey, selected, onSelect, onOpen } = props;
  const body = useRef<HTMLTableSectionElement>(null);

  const toggle = (key: string) => {
    const next = new Set(selected);
    if (!next.delete(key)) {
      next.add(key);
    }
    onSelect?.(next);
  };

  const walk = (event: KeyboardEvent<HTMLTableRowElement>, row: T) => {
    if (event.target !== event.currentTarget) {
      return;
    }
    const list = Array.from(body.current?.rows ?? []).filter(
      element => !element.hasAttribute('data-detail'),
    );
    const at = list.indexOf(event.currentTarget);
    const goTo: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: list.length - 1,
    };
    if (event.key in goTo) {
      event.preventDefault();
      list[goTo[event.key]]?.focus();
    } else if (event.key === 'Enter' && onOpen) {
      event.preventDefault();
      onOpen(row);
    } else if (event.key === 'x' && selected) {
      event.preventDefault();
      toggle(rowKey(row));
    }
  };

  const allSelected =
    rows.length > 0 && rows.every(row => selected?.has(rowKey(row)));

  return (
    <div className={styles.frame} data-stale={props.stale || undefined}>
      <table className={styles.table} aria-busy={props.stale || undefined}>
        <caption className={styles.caption}>{props.caption}</caption>
        <thead>
          <tr>
            {selected && (
              <th scope="col" className={styles.selectCell}>
                <RowCheckbox
                  label={props.selectAllLabel ?? ''}
                  checked={allSelected}
                  mixed={!allSelected && (selected?.size ?? 0) > 0}
                  onChange={() =>
                    onSelect?.(
                      allSelected ? new Set() : new Set(rows.map(rowKey)),
                    )
                  }
                />
              </th>
            )}
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
          {rows.map((row, index) => {
            const key = rowKey(row);
            const detail = props.detail?.(row);
            return (
              <Fragment key={key}>
                <tr
                  className={styles.row}
                  data-open={key === props.openKey || undefined}
                  data-selected={selected?.has(key) || undefined}
                  data-opens={onOpen ? true : undefined}
                  tabIndex={onOpen || selected ? rowTabIndex(index) : undefined}
                  onKeyDown={event => walk(event, row)}
                  onClick={event => {
                    if (onOpen && isFreeSpace(event.target as Element)) {
                      onOpen(row);
                    }
                  }}
                >
                  {selected && (
                    <td className={styles.selectCell}>
                      <RowCheckbox
                        label={props.selectLabel?.(row) ?? props.rowName(row)}
                        checked={selected.has(key)}
                        onChange={() => toggle(key)}
                      />
                    </td>
                  )}
                  {columns.map(column => (
                    <td
                      key={column.id}
                      className={styles.cell}
                      data-align={column.align}
                      data-wide-only={column.wideOnly || undefined}
                      data-label={column.header}
                    >
                      {column.cell(row)}
                    </td>
                  ))}
                </tr>
                {detail && (
                  <tr className={styles.row} data-detail>
                    <td colSpan={columns.length + (selected ? 1 : 0)}>
                      {detail}
                    </td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/**
 * The shape of a table while its first rows are on their way.
 *
 * @internal
 */
export function DataTableSkeleton(props: { columns: number; rows?: number }) {
  return (
    <div className={styles.frame} aria-hidden="true">
      <table className={styles.table}>
        <tbody>
          {Array.from({ length: props.rows ?? 8 }, (_, row) => (
            <tr key={row} className={styles.row}>
              {Array.from({ length: props.columns }, (__, column) => (
                <td key={column} className={styles.cell}>
                  <Skeleton width={column === 0 ? '80%' : '60%'} height={14} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

// One stop for Tab: the first row; the arrows do the rest.
function rowTabIndex(index: number): number {
  return index === 0 ? 0 : -1;
}

function isFreeSpace(target: Element): boolean {
  return (
    !target.closest('a, button, input, label, summary') &&
    !window.getSelection()?.toString()
  );
}
