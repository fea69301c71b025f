import type {
  Finding,
  FindingFilter,
} from '@service-ownership/backstage-plugin-ownership-common';
import { useState } from 'react';

/** Most findings that one call changes. */
export const mostSelected = 500;
const none: ReadonlySet<string> = new Set();

/**
 * Which findings an action is about: some by their ids, or all that a filter
 * matches, of which there were so many when they were chosen.
 *
 * @internal
 */
export type SelectedFindings =
  | { ids: string[] }
  | { filter: FindingFilter; expected: number };

/** @internal */
export type FindingSelection = ReturnType<typeof useSelection>;

/**
 * What is selected in a list of findings. It belongs to the question it was
 * made in: what was selected in one list is not what the eye sees in the next.
 *
 * @internal
 */
export function useSelection(options: {
  question: string;
  filter: FindingFilter;
  loaded: readonly Finding[];
  total: number;
}) {
  const { question, filter, loaded, total } = options;
  const [state, setState] = useState({ question, ids: none, all: false });
  const isCurrent = state.question === question;
  const all = isCurrent && state.all && total > 0;
  const chosen = isCurrent ? state.ids : none;
  // All, those that are not loaded included; what is on the screen shows it.
  const ids = all ? new Set(loaded.map(({ id }) => id)) : chosen;
  const select = (next: Iterable<string>) =>
    setState({ question, ids: new Set(next), all: false });

  return {
    ids,
    all,
    count: all ? total : ids.size,
    select,
    clear: () => select(none),
    toggle: (id: string) => {
      const next = new Set(ids);
      if (!next.delete(id)) {
        next.add(id);
      }
      select(next);
    },
    /** Takes all that match, and asked again none. */
    toggleAll: () => setState({ question, ids: none, all: !all }),
    selected: (): SelectedFindings =>
      all ? { filter, expected: total } : { ids: [...ids] },
  };
}
