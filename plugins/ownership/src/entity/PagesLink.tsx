import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import type { ReactNode } from 'react';
import { pagesRouteRef } from '../routes';

/**
 * A link into the ownership pages; just text where an app does not mount them.
 *
 * @internal
 */
export function PagesLink(props: {
  /** Below the root of the pages, with query. */
  to: string;
  className?: string;
  /** Leaves the text away as well where there is nothing to open. */
  hideWithoutPages?: boolean;
  children: ReactNode;
}) {
  const root = useRouteRef(pagesRouteRef)?.();
  if (root === undefined) {
    if (props.hideWithoutPages) {
      return null;
    }
    return <span className={props.className}>{props.children}</span>;
  }
  return (
    <Link
      to={`${root.replace(/\/$/, '')}/${props.to}`}
      className={props.className}
    >
      {props.children}
    </Link>
  );
}
