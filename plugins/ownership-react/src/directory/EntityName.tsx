import { parseEntityRef } from '@backstage/catalog-model';
import type { CompoundEntityRef } from '@backstage/catalog-model';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { ReactNode } from 'react';

/**
 * A link to the page of an entity under the name people use for it. What is
 * not an entity ref stays text. Asks the catalog for nothing.
 *
 * @public
 */
export function EntityName(props: {
  /** `kind:namespace/name`. */
  entityRef: string;
  /** Default: the name in the ref. */
  title?: ReactNode;
  className?: string;
}) {
  const ref = parse(props.entityRef);
  if (!ref) {
    return (
      <span className={props.className}>{props.title ?? props.entityRef}</span>
    );
  }
  return (
    <EntityRefLink entityRef={ref} className={props.className}>
      {props.title ?? ref.name}
    </EntityRefLink>
  );
}

function parse(entityRef: string): CompoundEntityRef | undefined {
  try {
    return parseEntityRef(entityRef);
  } catch {
    return undefined;
  }
}
