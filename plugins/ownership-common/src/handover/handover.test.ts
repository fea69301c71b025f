import {
  handoverMay,
  nextHandoverState,
  openHandoverStates,
} from './handoverLife';
import type { HandoverAction } from './handoverLife';
import type { HandoverState } from './schema';

// domain.md, "handover": proposed -> accepted -> checklist done -> complete.
describe('nextHandoverState', () => {
  const no = undefined;
  it.each<
    [HandoverState, number, Record<HandoverAction, HandoverState | undefined>]
  >([
    [
      'proposed',
      2,
      {
        accept: 'accepted',
        decline: 'declined',
        cancel: 'cancelled',
        check: no,
        complete: no,
      },
    ],
    // Nothing to do is done.
    [
      'proposed',
      0,
      {
        accept: 'ready',
        decline: 'declined',
        cancel: 'cancelled',
        check: no,
        complete: no,
      },
    ],
    [
      'accepted',
      1,
      {
        accept: no,
        decline: no,
        cancel: 'cancelled',
        check: 'accepted',
        complete: no,
      },
    ],
    // The last item was just marked as done.
    [
      'accepted',
      0,
      {
        accept: no,
        decline: no,
        cancel: 'cancelled',
        check: 'ready',
        complete: 'complete',
      },
    ],
    // One was opened again.
    [
      'ready',
      1,
      {
        accept: no,
        decline: no,
        cancel: 'cancelled',
        check: 'accepted',
        complete: no,
      },
    ],
    [
      'ready',
      0,
      {
        accept: no,
        decline: no,
        cancel: 'cancelled',
        check: 'ready',
        complete: 'complete',
      },
    ],
    ...(['complete', 'declined', 'cancelled'] as const).map(
      state =>
        [
          state,
          0,
          { accept: no, decline: no, cancel: no, check: no, complete: no },
        ] as [HandoverState, number, Record<HandoverAction, undefined>],
    ),
  ])('of one that is %s with %d open items', (state, openItems, expected) => {
    for (const action of Object.keys(expected) as HandoverAction[]) {
      expect([action, nextHandoverState({ state, action, openItems })]).toEqual(
        [action, expected[action]],
      );
    }
  });
});

describe('handoverMay', () => {
  const nobody = { gives: false, receives: false, manages: false };
  const allowed = (state: HandoverState, caller: object, openItems = 0) =>
    Object.entries(
      handoverMay({ state, openItems, caller: { ...nobody, ...caller } }),
    )
      .filter(([, may]) => may)
      .map(([action]) => action);

  it.each([
    ['proposed', {}, 1, []],
    ['proposed', { gives: true }, 1, ['cancel']],
    ['proposed', { receives: true }, 1, ['accept', 'decline']],
    ['proposed', { manages: true }, 1, ['accept', 'decline', 'cancel']],
    ['accepted', { gives: true }, 1, ['cancel', 'check']],
    ['accepted', { receives: true }, 1, ['check']],
    ['ready', { receives: true }, 0, ['complete', 'check']],
    ['ready', { manages: true }, 0, ['cancel', 'complete', 'check']],
    ['ready', {}, 0, []],
    ['complete', { gives: true, receives: true, manages: true }, 0, []],
  ] as const)(
    'of one that is %s, to %j with %d open items: %j',
    (state, caller, open, expected) => {
      expect(allowed(state, caller, open)).toEqual(expected);
    },
  );

  it('leaves nothing to do with one that is over', () => {
    const all = { gives: true, receives: true, manages: true };
    for (const state of ['complete', 'declined', 'cancelled'] as const) {
      expect(openHandoverStates).not.toContain(state);
      expect(allowed(state, all)).toEqual([]);
    }
  });
});
