import type { Entity } from '@backstage/catalog-model';
import { readSlos } from './readSlos';

const shop = 'component:default/shop';
const base = {
  name: 'journey',
  budgetingMethod: 'Occurrences',
  timeWindow: [{ duration: '28d', isRolling: true }],
};
const ratio = (query: string) => ({
  spec: {
    ratioMetric: {
      counter: true,
      good: { metricSource: { spec: { query } } },
      total: { metricSource: { spec: { query } } },
    },
  },
});
const latency: Entity = {
  apiVersion: 'openslo/v1',
  kind: 'SLO',
  metadata: { name: 'latency' },
  spec: { service: 'pay', objectives: [{ target: 0.9 }] },
};

function read(slo: object, sloEntities: Entity[] = []) {
  return readSlos({
    entityRef: shop,
    contract: { slos: [slo] } as never,
    sloEntities,
  });
}

describe('drafts of OpenSLO', () => {
  it.each(['openslo/v1alpha', 'n9/v1alpha', 'openslo/v0.1.0-beta'])(
    '%s is refused with what to change',
    apiVersion => {
      const { slos, problems } = read({ ...base, apiVersion, kind: 'SLO' });
      expect(slos).toEqual([]);
      expect(problems).toEqual([
        {
          path: 'slos[0]',
          message: expect.stringMatching(
            /draft of OpenSLO.*apiVersion: openslo\/v1, timeWindow: /,
          ),
        },
      ]);
    },
  );
});

describe('composites of OpenSLO', () => {
  it('are read with their members, each an SLO of its own', () => {
    const { slos, problems } = read(
      {
        ...base,
        objectives: [
          {
            displayName: 'Page',
            target: 0.99,
            compositeWeight: 3,
            indicator: ratio('page'),
          },
          { displayName: 'Charge', target: 0.95, indicator: ratio('charge') },
          { sloRef: 'latency', target: 0.9, compositeWeight: 2 },
          {
            sloRef: { entityRef: 'component:Default/Stock', slo: 'fresh' },
            target: 0.9,
          },
        ],
      },
      [latency],
    );
    expect(problems).toEqual([]);
    expect(slos.map(({ name }) => name)).toEqual([
      'journey',
      'journey-page',
      'journey-charge',
    ]);
    expect(slos[0]).toMatchObject({
      // (3 x 0.99 + 0.95 + 2 x 0.9 + 0.9) / 7
      objective: 0.945714285714,
      members: [
        { slo: 'journey-page', weight: 3 },
        { slo: 'journey-charge', weight: 1 },
        { entityRef: 'component:default/pay', slo: 'latency', weight: 2 },
        { entityRef: 'component:default/stock', slo: 'fresh', weight: 1 },
      ],
      warnings: [expect.stringContaining('has no target for the whole')],
    });
    expect(slos[0].indicator).toBeUndefined();
    expect(slos[1].indicator).toMatchObject({ good: 'page', counter: true });
  });

  it('take their target from the annotation', () => {
    const { slos } = read({
      kind: 'SLO',
      apiVersion: 'openslo/v1',
      metadata: {
        name: 'journey',
        annotations: {
          'service-ownership.io/composite-target-percent': '97.5',
        },
      },
      spec: {
        ...base,
        objectives: [{ target: 0.9, compositeWeight: 1 }],
      },
    });
    expect(slos[0]).toMatchObject({ name: 'journey', objective: 0.975 });
    expect(slos[0].warnings.join()).not.toContain('target for the whole');
  });

  it.each([
    [{ target: 0.9, compositeWeight: 0 }, /above 0/],
    [{ target: 0.9, compositeWeight: 'much' }, /above 0/],
    [{ target: 0.9, sloRef: 'nope' }, /no SLO entity "nope"/],
    [{ target: 0.9, sloRef: { slo: 7 } }, /Expected the name of an SLO/],
    [
      { target: 0.9, sloRef: { entityRef: 'a/b\u0000', slo: 'x' } },
      /Expected the name/,
    ],
  ])('refuse %j', (objective, message) => {
    const { problems } = read({ ...base, objectives: [objective] });
    expect(problems.map(problem => problem.message).join()).toMatch(message);
  });
});
