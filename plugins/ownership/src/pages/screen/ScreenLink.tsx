import type { ComponentProps } from 'react';
import { Link } from 'react-router-dom';
import { usePagesRoot } from './usePagesRoot';

/**
 * A link to another screen of these pages; `to` counts from their root,
 * wherever the portal has mounted them.
 *
 * @internal
 */
export function ScreenLink(
  props: Omit<ComponentProps<typeof Link>, 'to'> & { to: string },
) {
  const root = usePagesRoot();
  return <Link {...props} to={`${root}/${props.to}`} />;
}
