import {
  shortWindow,
  type AlertRow,
  type SloDefinition,
} from '@service-ownership/backstage-plugin-ownership-common';

/**
 * The alert rows of an SLO as alert policies of OpenSLO, one for each row: a
 * policy has a single condition.
 *
 * Law: what is written reads back as the same rows.
 *
 * @param unmapped - takes what OpenSLO has no field for
 * @internal
 */
export function alertPoliciesOf(slo: SloDefinition, unmapped: string[]) {
  if (!slo.alerts) {
    return undefined;
  }
  if (slo.alerts.length === 0) {
    unmapped.push(
      'alerts: they are switched off, which OpenSLO cannot say; the default rows will apply',
    );
    return undefined;
  }
  if (slo.alerts.some(row => comparisonsOf(row).length > 1)) {
    unmapped.push(
      'alerts: conditions are joined by `and`, which OpenSLO v1 does not have; Service Ownership reads it',
    );
  }
  return slo.alerts.map(row => ({
    kind: 'AlertPolicy',
    metadata: { name: row.name ?? slo.name },
    spec: {
      alertWhenNoData: row.whenNoData ?? false,
      alertWhenResolved: !row.unannounced?.includes('resolved'),
      alertWhenBreaching: !row.unannounced?.includes('firing'),
      conditions: [
        {
          kind: 'AlertCondition',
          metadata: { name: row.name ?? slo.name },
          spec: { severity: row.severity, condition: conditionOf(row) },
        },
      ],
      notificationTargets: [],
    },
  }));
}

function conditionOf(row: AlertRow) {
  const [first, ...others] = comparisonsOf(row).map(
    ({ windowSeconds, factor }) => ({
      kind: 'burnrate',
      op: 'gt',
      threshold: factor,
      lookbackWindow: shorthand(windowSeconds),
    }),
  );
  const long = {
    ...first,
    ...(row.afterSeconds ? { alertAfter: shorthand(row.afterSeconds) } : {}),
  };
  return others.length > 0 ? { and: [long, ...others] } : long;
}

/** What must exceed what; the short window only where it has to be said. */
function comparisonsOf(row: AlertRow) {
  const { longSeconds, shortSeconds, factor, shortFactor, also = [] } = row;
  const isUsual =
    also.length === 0 &&
    shortFactor === undefined &&
    shortSeconds === shortWindow(longSeconds);
  return [
    { windowSeconds: longSeconds, factor },
    ...also,
    ...(isUsual
      ? []
      : [{ windowSeconds: shortSeconds, factor: shortFactor ?? factor }]),
  ];
}

function shorthand(seconds: number): string {
  if (seconds % 86_400 === 0) {
    return `${seconds / 86_400}d`;
  }
  return seconds % 3600 === 0 ? `${seconds / 3600}h` : `${seconds / 60}m`;
}
