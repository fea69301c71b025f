import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anOwnership } from '../__testUtils__/anOwnership';
import { renderOnEntity } from '../__testUtils__/renderOnEntity';
import { ScorecardCard } from './ScorecardCard';

const [result] = anOwnership().scorecards;

describe('ScorecardCard', () => {
  it('shows the ladder, the cheapest step first and the unknown apart', async () => {
    await renderOnEntity(<ScorecardCard />);
    const ladder = await screen.findByRole('list', {
      name: 'Levels of Service ownership maturity',
    });
    expect(
      within(ladder)
        .getAllByRole('listitem')
        .map(level => level.textContent),
    ).toEqual([
      'Beginnerstands here',
      'Intermediate1 / 4',
      'Advancednot reached',
    ]);
    expect(
      screen.getByText('4 of 8 rules pass · 7 of 8 are known'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Runbooks cover what the tier asks for'),
    ).toBeInTheDocument();
    expect(screen.getByText('Then: The SLOs are met')).toBeInTheDocument();
    expect(screen.getByText('Somebody is on call')).toBeInTheDocument();

    await userEvent.click(screen.getByRole('button', { name: 'All rules' }));
    expect(screen.getAllByRole('img', { name: 'passes' })).toHaveLength(4);
    expect(screen.getAllByRole('img', { name: 'fails' })).toHaveLength(3);
  });

  it.each([
    [
      'on no level',
      { level: undefined, nextLevel: 'beginner' },
      ['Beginner2 / 2', 'Intermediatenot reached', 'Advancednot reached'],
    ],
    [
      'at the top',
      { level: 'advanced', nextLevel: undefined, missing: [], unknown: [] },
      ['Beginnerreached', 'Intermediatereached', 'Advancedstands here'],
    ],
  ])('shows an entity %s', async (_, overrides, levels) => {
    await renderOnEntity(<ScorecardCard />, {
      ownership: { scorecards: [{ ...result, ...overrides }] },
    });
    const ladder = await screen.findByRole('list', { name: /^Levels of/ });
    expect(
      within(ladder)
        .getAllByRole('listitem')
        .map(level => level.textContent),
    ).toEqual(levels);
  });

  it('says since when it is on its level, and why', async () => {
    const lastMove = {
      day: '2026-11-03',
      from: 'none',
      reasons: [
        {
          ruleId: 'captain-missing',
          title: 'A captain is named',
          from: 'fail' as const,
          to: 'pass' as const,
          day: '2026-11-03',
        },
      ],
    };
    await renderOnEntity(<ScorecardCard />, {
      ownership: { scorecards: [{ ...result, lastMove }] },
    });
    expect(
      await screen.findByText(
        /^Beginner since .*3.*; was on no level: “A captain is named” passes now$/,
      ),
    ).toBeInTheDocument();
  });

  it.each([
    ['when it will be scored', undefined, 'Not scored yet'],
    ['that nothing measures it', '2026-11-21T11:40:00.000Z', 'Not measured'],
  ])('says %s', async (_, checkedAt, title) => {
    await renderOnEntity(<ScorecardCard />, {
      ownership: { scorecards: [], checkedAt },
    });
    expect(await screen.findByText(title)).toBeInTheDocument();
  });
});
