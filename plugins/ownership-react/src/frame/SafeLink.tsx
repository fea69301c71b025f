import { Link } from '@backstage/core-components';
import type { ReactNode } from 'react';
import { safeHref } from './safeHref';

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
  const web = /^https?:/i.test(href);
  return (
    <Link
      to={href}
      className={props.className}
      {...(web && { externalLinkIcon: true })}
    >
      {props.children}
    </Link>
  );
}
