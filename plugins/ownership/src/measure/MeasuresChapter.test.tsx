import type { EntityMeasures } from '@service-ownership/backstage-plugin-ownership-common';
import { screen, within } from '@testing-library/react';
import { anOwnership } from '../__testUtils__/anOwnership';
import { renderOnEntity } from '../__testUtils__/renderOnEntity';
import { formatMeasure } from './formatMeasure';
import { MeasuresChapter } from './MeasuresChapter';

const measure = <T extends object>(more: T) => ({
  code: 'M5',
  unit: 'ratio',
  direction: 'higher' as const,
  gotcha: 'Beware.',
  origin: 'events' as const,
  ...more,
});

const measures: EntityMeasures = {
  entityRef: 'component:default/checkout',
  period: { from: '2026-10-22T08:00:00.000Z', to: '2026-11-21T08:00:00.000Z' },
  failureWindowSeconds: 86_400,
  costs: [],
  items: [
    measure({
      id: 'deployment-success',
      title: 'Deployment success',
      value: 0.9,
      target: 0.95,
      counted: 10,
      of: 10,
    }),
    measure({
      id: 'recovery-time',
      title: 'Recovery time',
      unit: 'seconds',
      direction: 'lower',
      value: 5400,
      target: 86_400,
      counted: 1,
      of: 2,
      open: 1,
    }),
    measure({
      id: 'cost',
      code: undefined,
      title: 'Cost',
      unit: 'money',
      direction: 'lower',
      origin: 'measurements',
      value: 0,
      currency: 'EUR',
      source: 'ledger',
      period: {
        start: '2026-10-01T00:00:00.000Z',
        end: '2026-11-01T00:00:00.000Z',
      },
      coverage: 0.5,
    }),
    measure({
      id: 'data-lag',
      title: 'Data lag',
      reason: 'Nobody has pushed it yet',
    }),
  ],
  deployments: [
    {
      at: '2026-11-20T08:00:00.000Z',
      kind: 'deployed',
      outcome: 'success',
      version: '1.4.2',
      url: 'https://ci.example/7',
      failure: 'rollback',
      counts: true,
    },
  ],
  incidents: [
    {
      title: 'Payments fail',
      // eslint-disable-next-line no-script-url -- as somebody may send it
      url: 'javascript:alert(1)',
      detectedAt: '2026-11-20T09:00:00.000Z',
      counts: true,
    },
  ],
};

describe('MeasuresChapter', () => {
  it('shows values with target, basis and what misleads; what is unknown is never 0', async () => {
    await renderOnEntity(
      <MeasuresChapter id="measures" ownership={anOwnership()} />,
      { api: { getEntityMeasures: async () => measures } },
    );
    const table = await screen.findByRole('table');
    const rows = within(table)
      .getAllByRole('row')
      .slice(1)
      .map(row => row.textContent);
    expect(rows).toEqual([
      expect.stringMatching(
        /Deployment success M5Beware\.90\s%missedat least 95\s%10 of 10/,
      ),
      expect.stringMatching(
        /1 hr, 30 minreachedat most 1 day1 of 2 · 1 still open/,
      ),
      expect.stringMatching(
        /Cost.*€0none setledger · Oct 1 – Oct 31 · 50\s% measured/,
      ),
    ]);
    expect(screen.getByText('Not known yet (1)')).toBeInTheDocument();
    expect(screen.getByText(/Nobody has pushed it yet/)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: /1\.4\.2/ })).toHaveAttribute(
      'href',
      'https://ci.example/7',
    );
    expect(screen.getByText(/was rolled back/)).toBeInTheDocument();
    expect(screen.getByText(/not over yet/)).toBeInTheDocument();
    expect(
      screen.queryByRole('link', { name: 'Payments fail' }),
    ).not.toBeInTheDocument();
  });
});

describe('formatMeasure', () => {
  it.each([
    [{ value: 0.9995, unit: 'ratio' }, /^99\.95\s%$/],
    [{ value: 12.34, unit: 'hours' }, /^12\.3 h$/],
    [{ value: 1234.5, unit: 'money', currency: 'EUR' }, /^€1,23[45]$/],
    [{ value: 5, unit: 'money', currency: 'ÄÄÄ' }, /^5 ÄÄÄ$/],
    [{ value: 0.000123, unit: 'money/request', currency: 'USD' }, /0\.000123/],
    [{ value: 7, unit: 'findings' }, /^7$/],
    [{ value: 1.25, unit: 'budgets' }, /^1\.25 ×$/],
  ])('writes %j', (measured, expected) => {
    expect(formatMeasure({ ...measured, language: 'en-US' })).toMatch(expected);
  });
});
