import {
  deliveryFigures,
  findMeasure,
  measureCatalogue,
  measureValues,
  monthlyCosts,
  monthsOf,
  sloMeasures,
  type Deployment,
  type EntityMeasure,
  type EntityMeasures,
  type Incident,
  type Measurement,
  type SloStatus,
} from '@service-ownership/backstage-plugin-ownership-common';

/**
 * The measures of one component in the order of the catalogue, each with its
 * value or why there is none.
 */
export function toEntityMeasures(options: {
  statuses: readonly SloStatus[];
  /** In production. */
  deployments: readonly Deployment[];
  /** In production. */
  incidents: readonly Incident[];
  measurements: readonly Measurement[];
  budget?: { amount: number; currency: string };
  from: string;
  now: Date;
  windowSeconds: number;
}): Pick<EntityMeasures, 'items' | 'costs'> {
  const { budget, from, now } = options;
  const to = now.toISOString();
  const known: Array<Partial<EntityMeasure> & { id: string }> = [];
  for (const { id, value, target, status } of sloMeasures(options.statuses)) {
    known.push({
      id,
      value,
      ...(target !== undefined && { target }),
      source: status.title,
      period: { start: status.window.start, end: status.evaluatedAt },
      coverage: status.coverage,
    });
  }
  const figures = deliveryFigures({ ...options, to: `${to}~` });
  for (const [id, figure] of Object.entries(figures)) {
    known.push({ id, ...figure, period: { start: from, end: to } });
  }

  const values = measureValues({ measurements: options.measurements, now });
  const { current, last } = monthsOf(now);
  for (const { measure, month, sources, start, end, ...value } of values) {
    // Of what adds up: the last complete month, else the one that runs.
    const shown =
      month === undefined ||
      month === last ||
      (month === current &&
        !values.some(one => one.measure === measure && one.month === last));
    if (shown) {
      known.push({
        id: measure,
        ...value,
        source: sources.join(', '),
        period: { start, end },
        ...(measure === 'cost' &&
          budget?.currency === value.currency && { target: budget?.amount }),
      });
    }
  }

  return {
    items: measureCatalogue.flatMap((measure): EntityMeasure[] => {
      const { id, title, unit, direction, gotcha, origin, ...rest } =
        findMeasure(measure.id)!;
      const described = {
        id,
        ...(rest.code && { code: rest.code }),
        title,
        unit,
        direction,
        ...(rest.target !== undefined && { target: rest.target }),
        gotcha,
        origin,
      };
      const found = known.filter(figure => figure.id === id);
      return found.length > 0
        ? found.map(figure => ({ ...described, ...figure }))
        : [{ ...described, reason: nothingKnown(origin) }];
    }),
    costs: monthlyCosts({
      values: values.filter(({ measure }) => measure === 'cost'),
      budget,
      now,
    }),
  };
}

function nothingKnown(origin: EntityMeasure['origin']): string {
  return {
    slo: 'There is no SLO of this kind with data',
    events: 'No event was sent',
    measurements: 'Nobody has pushed it yet',
  }[origin];
}
