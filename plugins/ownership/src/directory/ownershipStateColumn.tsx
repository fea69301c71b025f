import type { Entity } from '@backstage/catalog-model';
import type { TableColumn } from '@backstage/core-components';
import { StateLabel } from '@service-ownership/backstage-plugin-ownership-react';

const LABEL = 'service-ownership.io/state';
// Worst first when sorted upwards; what was never judged comes last.
const RANK = { orphaned: 0, 'at-risk': 1, owned: 2 } as const;

/**
 * A column for the table of the catalog: the ownership state of each entity,
 * from the label that `OwnershipDriftProcessor` sets. It asks the backend
 * nothing. Empty for an entity that has no such label.
 *
 * @param options - `title`: the heading, `Ownership` unless told
 *
 * @public
 */
export function ownershipStateColumn<
  TRow extends { entity: Entity },
>(options?: { title?: string }): TableColumn<TRow> {
  return {
    title: options?.title ?? 'Ownership',
    width: 'auto',
    customSort: (a, b) => rankOf(a.entity) - rankOf(b.entity),
    render: row => {
      const state = stateOf(row.entity);
      return state ? <StateLabel state={state} /> : null;
    },
  };
}

function stateOf(entity: Entity): keyof typeof RANK | undefined {
  const state = entity.metadata.labels?.[LABEL];
  return state !== undefined && Object.hasOwn(RANK, state)
    ? (state as keyof typeof RANK)
    : undefined;
}

function rankOf(entity: Entity): number {
  const state = stateOf(entity);
  return state ? RANK[state] : 3;
}
