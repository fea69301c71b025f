import { runbookReviewDueAt } from './runbookReviewDueAt';

describe('runbookReviewDueAt', () => {
  it.each([
    [undefined, undefined],
    [[], undefined],
    [[undefined], undefined],
    [['soon'], undefined],
    [['2026-09-01'], '2026-09-11'],
    [['2026-09-01', '2026-08-01', undefined], '2026-08-11'],
    // Beyond what a date can hold.
    [['+275760-09-13'], undefined],
  ])('of runbooks reviewed %p is %p', (reviewed, due) => {
    expect(
      runbookReviewDueAt({
        runbooks: reviewed?.map((reviewedAt, index) => ({
          id: String(index),
          title: 'A runbook',
          url: 'https://example.org',
          covers: [],
          reviewedAt,
        })),
        staleAfterDays: 10,
      })
        ?.toISOString()
        .slice(0, 10),
    ).toBe(due);
  });
});
