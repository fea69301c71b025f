import type { SloDefinition } from '@service-ownership/backstage-plugin-ownership-common';
import { alertPoliciesOf } from './alertPoliciesOf';

/**
 * An SLO as a document of OpenSLO v1, and what OpenSLO has no field for.
 *
 * @internal
 */
export interface OpenSloConversion {
  document: Record<string, unknown>;
  /** One line for each field that could not be mapped, with the reason. */
  unmapped: string[];
}

/**
 * Writes an SLO as OpenSLO v1.
 *
 * @param options.service - name of the component it is for
 * @internal
 */
export function toOpenSlo(options: {
  slo: SloDefinition;
  service: string;
}): OpenSloConversion {
  const { slo, service } = options;
  const unmapped = [...slo.warnings];
  const indicator = indicatorOf(slo, unmapped);
  const alertPolicies = alertPoliciesOf(slo, unmapped);
  const document = {
    apiVersion: 'openslo/v1',
    kind: 'SLO',
    metadata: {
      name: slo.name,
      ...(slo.title === slo.name ? {} : { displayName: slo.title }),
      ...(slo.noDataSlices === 'ignore'
        ? {}
        : {
            annotations: {
              'service-ownership.io/no-data-slices': slo.noDataSlices,
            },
          }),
    },
    spec: {
      ...(slo.description ? { description: slo.description } : {}),
      service,
      ...(indicator
        ? { indicator: { metadata: { name: slo.name }, spec: indicator } }
        : {}),
      timeWindow: [timeWindowOf(slo)],
      budgetingMethod: slo.budgetingMethod,
      objectives: slo.members
        ? slo.members.map(({ weight, ...sloRef }) => ({
            // The mean of equal targets is the target of the whole.
            target: slo.objective,
            compositeWeight: weight,
            sloRef,
          }))
        : [objectiveOf(slo)],
      ...(alertPolicies ? { alertPolicies } : {}),
    },
  };
  return { document, unmapped };
}

function timeWindowOf({ window }: SloDefinition) {
  return window.type === 'rolling'
    ? { duration: window.duration, isRolling: true }
    : {
        duration: window.duration,
        isRolling: false,
        calendar: {
          startTime: window.startTime.replace('T', ' '),
          timeZone: window.timeZone,
        },
      };
}

function objectiveOf(slo: SloDefinition) {
  const { threshold } = slo.indicator ?? {};
  return {
    target: slo.objective,
    ...(threshold?.op ? { op: threshold.op } : {}),
    ...(threshold?.value === undefined ? {} : { value: threshold.value }),
    ...(slo.timeSliceTarget === undefined
      ? {}
      : { timeSliceTarget: slo.timeSliceTarget }),
    ...(slo.timeSliceSeconds === undefined
      ? {}
      : { timeSliceWindow: `${slo.timeSliceSeconds / 60}m` }),
  };
}

function indicatorOf(slo: SloDefinition, unmapped: string[]) {
  const { indicator } = slo;
  if (slo.members) {
    unmapped.push(
      'objectives: the members of a composite are written as sloRef, which OpenSLO does not have',
    );
    return undefined;
  }
  if (!indicator) {
    unmapped.push('indicator: there is none; samples have to be pushed');
    return undefined;
  }
  const metric = (query: string) => ({
    metricSource: {
      ...(indicator.dataSource
        ? { metricSourceRef: indicator.dataSource }
        : {}),
      type: indicator.type ?? 'Prometheus',
      spec: { query },
    },
  });
  const { good, bad, total, raw, threshold } = indicator;
  if ([good, bad, total, raw?.query].some(query => query?.includes('{{'))) {
    unmapped.push(
      'indicator: the queries keep {{.window}}, which OpenSLO does not know; write the range vector you want in its place',
    );
  }
  if (threshold) {
    return { thresholdMetric: metric(threshold.query) };
  }
  if (raw) {
    return { ratioMetric: { raw: metric(raw.query), rawType: raw.type } };
  }
  if (total === undefined || (good === undefined && bad === undefined)) {
    unmapped.push(
      'indicator: total and one of good and bad are needed, and are not known',
    );
    return undefined;
  }
  return {
    ratioMetric: {
      ...(indicator.counter === undefined
        ? {}
        : { counter: indicator.counter }),
      ...(good === undefined
        ? { bad: metric(bad as string) }
        : { good: metric(good) }),
      total: metric(total),
    },
  };
}
