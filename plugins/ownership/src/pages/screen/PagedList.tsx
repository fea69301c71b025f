import {
  EmptyState,
  ErrorState,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { Page } from '@service-ownership/backstage-plugin-ownership-common';
import type { ReactNode } from 'react';
import { DataTableSkeleton } from './DataTable';
import { Pager } from './Pager';
import type { Loaded } from './useLoaded';

/**
 * A list that the server pages, in each of its states: on its way, failed,
 * empty, or a page with the way to the next.
 *
 * @internal
 */
export function PagedList<T>(props: {
  list: Loaded<Page<T>>;
  pageSize: number;
  /** How many columns to draw while it is on its way. */
  columns: number;
  errorTitle: string;
  empty: { title: string; description: string; action?: ReactNode };
  /** The table. `stale` is true while it shows the answer before. */
  children(page: { items: T[]; stale: boolean }): ReactNode;
}) {
  const { list, pageSize, empty } = props;
  const { value, error, loading, retry } = list;
  if (error) {
    return <ErrorState title={props.errorTitle} error={error} retry={retry} />;
  }
  if (!value) {
    return <DataTableSkeleton columns={props.columns} />;
  }
  if (value.items.length === 0) {
    return <EmptyState {...empty} />;
  }
  return (
    <>
      {props.children({ items: value.items, stale: loading })}
      <Pager
        totalItems={value.totalItems}
        shown={value.items.length}
        pageSize={pageSize}
        pageInfo={value.pageInfo}
      />
    </>
  );
}
