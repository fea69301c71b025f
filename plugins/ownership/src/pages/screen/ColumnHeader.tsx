import { RiArrowDownLine, RiArrowUpLine } from '@remixicon/react';
import type { Column, Sorting } from './DataTable';
import styles from './DataTable.module.css';

/** @internal */
export function ColumnHeader<T>(props: {
  column: Column<T>;
  sorting?: Sorting;
  onSort?(sorting: Sorting): void;
}) {
  const { column, sorting, onSort } = props;
  const { sortKey, firstDirection = 'asc' } = column;
  const direction =
    sortKey && sorting?.key === sortKey ? sorting.direction : undefined;
  const attributes = {
    scope: 'col',
    className: styles.header,
    'data-align': column.align,
    'data-wide-only': column.wideOnly || undefined,
    style: column.width ? { width: column.width } : undefined,
  };

  if (!sortKey || !onSort) {
    return <th {...attributes}>{column.header}</th>;
  }
  const opposite = direction === 'asc' ? 'desc' : 'asc';
  return (
    <th {...attributes} aria-sort={ariaSort(direction)}>
      <button
        type="button"
        className={styles.sortButton}
        onClick={() =>
          onSort({
            key: sortKey,
            direction: direction ? opposite : firstDirection,
          })
        }
      >
        {column.header}
        {direction === 'asc' && <RiArrowUpLine size={14} aria-hidden />}
        {direction === 'desc' && <RiArrowDownLine size={14} aria-hidden />}
      </button>
    </th>
  );
}

function ariaSort(direction?: 'asc' | 'desc') {
  if (!direction) {
    return 'none' as const;
  }
  return direction === 'asc' ? ('ascending' as const) : ('descending' as const);
}
