import type { Entity } from '@backstage/catalog-model';
import { parse } from 'yaml';
import { readAlertPolicies } from './readAlertPolicies';

function read(yaml: string, conditions: Record<string, unknown> = {}) {
  const warnings: string[] = [];
  const rows = readAlertPolicies({
    value: parse(yaml),
    resolve: (kind, name) =>
      kind === 'AlertCondition' && conditions[name]
        ? ({
            apiVersion: 'openslo/v1',
            kind,
            metadata: { name },
            spec: conditions[name],
          } as Entity)
        : undefined,
    notes: {
      problem: () => {},
      warning: message => warnings.push(message),
    },
  });
  return { rows, warnings };
}

const burn = (window: string, threshold: number, more = '') =>
  `{ kind: burnrate, op: gt, threshold: ${threshold}, lookbackWindow: ${window}${more} }`;

const policy = (conditions: string, more = '') =>
  `[{ kind: AlertPolicy, metadata: { name: fast }, spec: { ${more} conditions: ${conditions} } }]`;

const page = (condition: string) =>
  `[{ kind: AlertCondition, spec: { severity: page, condition: ${condition} } }]`;

describe('readAlertPolicies', () => {
  it.each([
    [
      'one comparison gets a short window of a twelfth',
      page(burn('1h', 14.4)),
      [{ longSeconds: 3600, shortSeconds: 300, factor: 14.4 }],
    ],
    [
      'two windows with one factor are the row of the SRE workbook',
      page(`{ and: [${burn('30m', 6)}, ${burn('6h', 6)}] }`),
      [{ longSeconds: 21_600, shortSeconds: 1800, factor: 6 }],
    ],
    [
      'and: every window has its own factor',
      page(`{ and: [${burn('1h', 10)}, ${burn('6h', 6)}, ${burn('5m', 12)}] }`),
      [
        {
          longSeconds: 21_600,
          shortSeconds: 300,
          factor: 6,
          shortFactor: 12,
          also: [{ windowSeconds: 3600, factor: 10 }],
        },
      ],
    ],
    [
      'or: any of the rows fires',
      page(`{ or: [${burn('1h', 14)}, ${burn('6h', 6)}] }`),
      [
        { longSeconds: 3600, shortSeconds: 300, factor: 14 },
        { longSeconds: 21_600, shortSeconds: 1800, factor: 6 },
      ],
    ],
    [
      'and over or: each way to meet it',
      page(
        `{ and: [${burn('5m', 2)}, { or: [${burn('1h', 14)}, ${burn(
          '6h',
          6,
        )}] }] }`,
      ),
      [
        { longSeconds: 3600, shortSeconds: 300, factor: 14, shortFactor: 2 },
        { longSeconds: 21_600, shortSeconds: 300, factor: 6, shortFactor: 2 },
      ],
    ],
    [
      'of two comparisons of one window the stricter one',
      page(`{ and: [${burn('1h', 2)}, ${burn('1h', 3)}] }`),
      [{ longSeconds: 3600, shortSeconds: 300, factor: 3 }],
    ],
    [
      'alertAfter is how long it must be met',
      page(burn('1h', 2, ', alertAfter: 15m')),
      [{ longSeconds: 3600, shortSeconds: 300, factor: 2, afterSeconds: 900 }],
    ],
  ])('%s', (_, conditions, rows) => {
    expect(read(policy(conditions))).toEqual({
      rows: rows.map(row => ({ severity: 'page', name: 'fast', ...row })),
      warnings: [],
    });
  });

  it('reads when it is told of', () => {
    const { rows, warnings } = read(
      policy(
        '[{ conditionRef: slow }]',
        'alertWhenNoData: true, alertWhenBreaching: false, alertWhenResolved: false, notificationTargets: [{ targetRef: mail }],',
      ),
      { slow: { severity: 'ticket', condition: parse(burn('1d', 3)) } },
    );
    expect(rows).toEqual([
      {
        severity: 'ticket',
        longSeconds: 86_400,
        shortSeconds: 7200,
        factor: 3,
        name: 'fast',
        whenNoData: true,
        unannounced: ['firing', 'resolved'],
      },
    ]);
    expect(warnings).toEqual([
      'notificationTargets of the alert policy fast are not used: the owners of the component are notified.',
    ]);
  });

  it.each([
    [
      'op lt',
      page('{ op: lt, threshold: 2, lookbackWindow: 1h }'),
      'An alert condition is not used: op "lt" is not gt or gte.',
    ],
    [
      'another kind',
      page('{ kind: latency, threshold: 2, lookbackWindow: 1h }'),
      'An alert condition is not used: kind "latency" is not burnrate.',
    ],
    [
      'no threshold',
      page('{ kind: burnrate, lookbackWindow: 1h }'),
      'An alert condition is not used: threshold nothing is not a number above 0.',
    ],
    [
      'a window that is none',
      page('{ threshold: 2, lookbackWindow: soon }'),
      'An alert condition is not used: lookbackWindow "soon" is not a whole number with m (minutes), h, d, w, M (months), Q or Y behind it, for example 28d.',
    ],
    [
      'a reference to nothing',
      '[{ conditionRef: nowhere }]',
      'The alert condition "nowhere" is not in the catalog and is not used.',
    ],
    [
      'and with a part that cannot be read: it would be met too easily',
      page(
        `{ and: [${burn(
          '1h',
          2,
        )}, { op: lt, threshold: 1, lookbackWindow: 1h }] }`,
      ),
      'An alert condition is not used: op "lt" is not gt or gte.',
    ],
    [
      'no conditions',
      'nothing',
      'The alert policy fast is not used: expected conditions, got "nothing".',
    ],
  ])('says why it does not use %s', (_, conditions, warning) => {
    expect(read(policy(conditions))).toEqual({
      rows: undefined,
      warnings: [warning],
    });
  });

  it('says what it reads as something else', () => {
    const { rows, warnings } = read(
      policy(
        `[{ spec: { severity: sev1, condition: ${burn(
          '7m',
          2,
          ', alertAfter: soon',
        )} } }]`,
        'alertWhenNoData: maybe,',
      ),
    );
    expect(rows).toEqual([
      {
        severity: 'ticket',
        longSeconds: 300,
        shortSeconds: 300,
        factor: 2,
        name: 'fast',
      },
    ]);
    expect(warnings).toEqual([
      'alertWhenNoData of the alert policy fast is not used: expected true or false, got "maybe".',
      'The lookbackWindow "7m" of an alert condition is read as 5 minutes: data is kept in steps of 5.',
      'The severity "sev1" of an alert condition is read as ticket: page and ticket are known.',
      expect.stringContaining('alertAfter "soon"'),
    ]);
  });

  it('ends where conditions refer to themselves', () => {
    const { rows, warnings } = read(policy('[{ conditionRef: loop }]'), {
      loop: { condition: { or: Array(10).fill({ conditionRef: 'loop' }) } },
    });
    expect(rows).toBeUndefined();
    expect(warnings).toEqual([expect.stringContaining('refer to itself?')]);
  });
});
