import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openSloJsonSchema } from './openSloJsonSchema';
import { openSloSchema } from './openSloSchema';
import { readSlos } from './readSlos';

const FILE = resolve(__dirname, '../../../schema/openslo-v1.schema.json');

const query = (text: string) => ({
  metricSource: { type: 'prometheus', spec: { query: text } },
});
const ratio = {
  spec: {
    ratioMetric: { counter: true, good: query('good'), total: query('all') },
  },
};
const spec = {
  service: 'shop',
  indicator: ratio,
  timeWindow: [{ duration: '28d', isRolling: true }],
  budgetingMethod: 'Occurrences',
  objectives: [{ target: 0.99 }],
};
const slo = (change: object = {}, kind: object = {}) => ({
  apiVersion: 'openslo/v1',
  kind: 'SLO',
  metadata: { name: 'availability' },
  spec: { ...spec, ...change },
  ...kind,
});

/** Read as an entity of the catalog, without a word of complaint. */
function isRead(document: object): boolean {
  const { slos, problems } = readSlos({
    entityRef: 'component:default/shop',
    sloEntities: [document as never],
  });
  return problems.length === 0 && slos.length > 0;
}

describe('the JSON Schema of OpenSLO', () => {
  it('is up to date', async () => {
    const content = `${JSON.stringify(openSloJsonSchema(), undefined, 2)}\n`;
    if (process.env.UPDATE_GENERATED) {
      await writeFile(FILE, content);
    }
    const written = await readFile(FILE, 'utf8').catch(() => '""');
    expect({
      regenerate: 'UPDATE_GENERATED=1 yarn test published',
      schema: JSON.parse(written),
    }).toMatchObject({ schema: JSON.parse(content) });
  });

  it.each([
    ['a percentage', slo({ objectives: [{ targetPercent: 99.9 }] })],
    [
      'RatioTimeslices',
      slo({
        budgetingMethod: 'RatioTimeslices',
        objectives: [{ target: 0.9, timeSliceWindow: '5m' }],
      }),
    ],
    [
      'Timeslices with a number of minutes',
      slo({
        budgetingMethod: 'Timeslices',
        objectives: [{ target: 0.9, timeSliceWindow: 5, timeSliceTarget: 0.9 }],
      }),
    ],
    [
      'a composite',
      slo({
        indicator: undefined,
        objectives: [
          {
            displayName: 'a',
            target: 0.9,
            compositeWeight: 2,
            indicator: ratio,
          },
          { displayName: 'b', target: 0.9, indicator: ratio },
          {
            target: 0.9,
            sloRef: { entityRef: 'component:default/a', slo: 'b' },
          },
        ],
      }),
    ],
    [
      'a calendar window',
      slo({
        timeWindow: [
          {
            duration: '1M',
            calendar: {
              startTime: '2026-01-01 00:00:00',
              timeZone: 'Europe/Berlin',
            },
          },
        ],
      }),
    ],
    [
      'a raw ratio',
      slo({
        indicator: {
          spec: { ratioMetric: { rawType: 'failure', raw: query('r') } },
        },
      }),
    ],
    [
      'a threshold',
      slo({
        indicator: { spec: { thresholdMetric: query('p99') } },
        objectives: [{ target: 0.9, op: 'lte', value: 0.2 }],
      }),
    ],
  ])('accepts %s, and so does the portal', (_, document) => {
    const plain = JSON.parse(JSON.stringify(document));
    expect(openSloSchema.safeParse(plain).error).toBeUndefined();
    expect(isRead(plain)).toBe(true);
  });

  it.each([
    ['a target of 100 %', slo({ objectives: [{ target: 1 }] })],
    ['a target of 0', slo({ objectives: [{ targetPercent: 0 }] })],
    ['two targets', slo({ objectives: [{ target: 0.9, targetPercent: 90 }] })],
    ['no target', slo({ objectives: [{}] })],
    ['no objective', slo({ objectives: [] })],
    ['an unknown method', slo({ budgetingMethod: 'Averages' })],
    ['a window in words', slo({ timeWindow: [{ duration: '28 days' }] })],
    [
      'a weight of 0',
      slo({ objectives: [{ target: 0.9, compositeWeight: 0 }] }),
    ],
    ['another version', slo({}, { apiVersion: 'openslo/v9' })],
    ['no name', slo({}, { metadata: { name: '' } })],
  ])('refuses %s, and so does the portal', (_, document) => {
    const plain = JSON.parse(JSON.stringify(document));
    expect(openSloSchema.safeParse(plain).success).toBe(false);
    expect(isRead(plain)).toBe(false);
  });

  it.each([
    ['SLI', ratio.spec],
    ['Service', { description: 'The shop' }],
    ['DataSource', { type: 'prometheus', connectionDetails: { url: 'x' } }],
    [
      'AlertPolicy',
      {
        alertWhenBreaching: true,
        conditions: [{ conditionRef: 'fast' }],
        notificationTargets: [{ targetRef: 'us' }],
      },
    ],
    [
      'AlertCondition',
      {
        severity: 'page',
        condition: {
          kind: 'burnrate',
          op: 'gt',
          threshold: 14.4,
          lookbackWindow: '1h',
          alertAfter: '5m',
        },
      },
    ],
    ['AlertNotificationTarget', { target: 'email' }],
  ])('knows %s', (kind, own) => {
    const document = slo({}, { kind, spec: own });
    expect(openSloSchema.safeParse(document).error).toBeUndefined();
    expect(
      openSloSchema.safeParse({ ...document, spec: { colour: 'red' } }).success,
    ).toBe(false);
  });
});
