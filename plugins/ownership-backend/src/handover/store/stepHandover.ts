import {
  nextHandoverState,
  openHandoverStates,
  type HandoverAction,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { HandoverRow } from './HandoverRow';

/**
 * Takes a handover a step further. Who comes second waits for the first, and
 * is judged by what it left.
 *
 * @param options - `item`: for `check`, the position of the item and whether
 *   it is done.
 * @returns the handover before and after; `undefined` where the step is not
 *   possible, or there is no such item, and nothing is written
 */
export async function stepHandover(
  knex: Knex,
  options: {
    id: string;
    action: HandoverAction;
    item?: { position: number; done: boolean };
    by: string;
    comment?: string;
    /** ISO 8601. */
    at: string;
  },
): Promise<{ before: HandoverRow; after: HandoverRow } | undefined> {
  const { id, action, item, by, at } = options;
  return knex.transaction(async tx => {
    const before = await tx<HandoverRow>('handovers')
      .where({ id })
      .forUpdate()
      .first();
    if (!before || before.over) {
      return undefined;
    }
    const items = () => tx('handover_items').where('handover_id', id);
    const open: number[] = await items().whereNull('done_at').pluck('position');
    const isOpen = item && open.includes(item.position);
    const left =
      open.length -
      (item && item.done && isOpen ? 1 : 0) +
      (item && !item.done && !isOpen ? 1 : 0);
    const state = nextHandoverState({
      state: before.state,
      action,
      openItems: left,
    });
    if (!state) {
      return undefined;
    }
    if (item) {
      // Who did it first stays the one who did it.
      const there = await items().where('position', item.position).first();
      if (!there) {
        return undefined;
      }
      if (item.done === isOpen) {
        await items()
          .where('position', item.position)
          .update(
            item.done
              ? { done_at: at, done_by: by }
              : { done_at: null, done_by: null },
          );
      }
    }
    const over = !openHandoverStates.includes(state);
    const after: HandoverRow = {
      ...before,
      state,
      over: over ? 1 : 0,
      ...(action === 'accept' && { accepted_at: at, accepted_by: by }),
      ...(over && {
        ended_at: at,
        ended_by: by,
        end_reason: options.comment ?? null,
      }),
    };
    await tx('handovers').where({ id }).update(after);
    if (over) {
      await tx('handover_components')
        .where('handover_id', id)
        .update({ open_ref: null });
    }
    return { before, after };
  });
}
