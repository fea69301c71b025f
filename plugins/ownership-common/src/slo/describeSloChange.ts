import type { SloDefinition } from './types';

/**
 * What of an SLO was changed, in words: "Objective 99.9 % → 99.5 %, window 28d
 * → 7d". Nothing where only its title, its place or its policy is another: the
 * figures mean the same as before.
 *
 * @public
 */
export function describeSloChange(options: {
  before: SloDefinition;
  after: SloDefinition;
}): string | undefined {
  const { before, after } = options;
  const changes: string[] = [];
  const fromTo = (what: string, of: (slo: SloDefinition) => string) => {
    if (of(before) !== of(after)) {
      changes.push(`${what} ${of(before)} → ${of(after)}`);
    }
  };
  const differs = (what: string, of: (slo: SloDefinition) => unknown) => {
    if (JSON.stringify(of(before)) !== JSON.stringify(of(after))) {
      changes.push(what);
    }
  };
  fromTo('objective', slo => percent(slo.objective));
  fromTo('window', slo => `${slo.window.duration} ${slo.window.type}`);
  fromTo('budgeting method', slo => slo.budgetingMethod);
  differs('other slices', slo => [
    slo.timeSliceTarget,
    slo.timeSliceSeconds,
    slo.noDataSlices,
  ]);
  differs('other queries', slo => slo.indicator);
  differs('other members', slo => slo.members);
  differs('other alerts', slo => slo.alerts);
  const words = changes.join(', ');
  return words ? words.charAt(0).toUpperCase() + words.slice(1) : undefined;
}

function percent(ratio: number): string {
  return `${Number((ratio * 100).toPrecision(12))} %`;
}
