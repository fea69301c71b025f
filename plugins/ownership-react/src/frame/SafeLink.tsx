import { Link } from '@backstage/core-components';
import OpenInNewIcon from '@material-ui/icons/OpenInNew';
import type { ReactNode } from 'react';
import { safeHref } from './safeHref';
import styles from './SafeLink.module.css';

/**
 * A link to an address somebody wrote. What is not safe to open stays text.
 *
 * @public
 */
export function SafeLink(props: {
  href: string | undefined;
  className?: string;
  children: ReactNode;
}) {
  const href = safeHref(props.href);
  if (!href) {
    return <span className={props.className}>{props.children}</span>;
  }
  return (
    <Link to={href} className={`${styles.link} ${props.className ?? ''}`}>
      {props.children}
      {/* That it opens a new window is said by the link itself. */}
      {/^https?:/i.test(href) && (
        <OpenInNewIcon aria-hidden="true" fontSize="inherit" />
      )}
    </Link>
  );
}
