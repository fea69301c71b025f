/**
 * What a measure is counted in. `money` has a currency beside it.
 *
 * @public
 */
export type MeasureUnit =
  | 'ratio'
  | 'seconds'
  | 'hours'
  | 'findings'
  | 'money'
  | 'money/request'
  | 'requests/second'
  | 'budgets';

/**
 * One measure of service ownership: what it is, which way is good, where to
 * start, and what to be careful with.
 *
 * @public
 */
export interface MeasureDescription {
  /** Public and stable. */
  id: string;
  /** Its number among the fifteen; cost itself has none. */
  code?: string;
  /** What people call it. */
  title: string;
  /** What its values are counted in. */
  unit: MeasureUnit;
  /** Which way is the good one. */
  direction: 'higher' | 'lower';
  /** Where its values come from. */
  origin: 'slo' | 'events' | 'measurements';
  /** A target to start with, in the unit; absent where the contract sets it. */
  target?: number;
  /** What misleads most often. */
  gotcha: string;
  /** For measurements: how values of several components become one. */
  rollUp?: 'sum' | 'mean' | 'worst';
}

const day = 86_400;

/**
 * The measures of service ownership, M1 to M15, and cost. Targets of M5, M12
 * and M13 are where DORA's reports find the better half of teams; the others
 * are starting points to be replaced by what users notice.
 *
 * @public
 */
export const measureCatalogue = [
  {
    id: 'availability',
    code: 'M1',
    title: 'Availability',
    unit: 'ratio',
    direction: 'higher',
    origin: 'slo',
    target: 0.999,
    gotcha:
      'A service nobody calls looks perfect. Look at the number of requests beside it.',
  },
  {
    id: 'latency',
    code: 'M2',
    title: 'Latency',
    unit: 'ratio',
    direction: 'higher',
    origin: 'slo',
    target: 0.95,
    gotcha:
      'It is the share of requests that were quick enough. A mean hides the slow ones, and percentiles cannot be added up.',
  },
  {
    id: 'error-rate',
    code: 'M3',
    title: 'Error rate',
    unit: 'ratio',
    direction: 'lower',
    origin: 'slo',
    target: 0.001,
    gotcha:
      'What counts as an error is a decision: a refusal the user caused is none.',
  },
  {
    id: 'throughput',
    code: 'M4',
    title: 'Throughput',
    unit: 'requests/second',
    direction: 'higher',
    origin: 'slo',
    gotcha:
      'It says how much is asked of a service, not how well it answers; a drop may be an outage elsewhere.',
  },
  {
    id: 'deployment-success',
    code: 'M5',
    title: 'Deployment success',
    unit: 'ratio',
    direction: 'higher',
    origin: 'events',
    target: 0.95,
    gotcha:
      'Deployments nobody reports are not counted. A deployment of today may still be rolled back.',
  },
  {
    id: 'time-to-detect',
    code: 'M6',
    title: 'Time to detect',
    unit: 'seconds',
    direction: 'lower',
    origin: 'events',
    target: 300,
    gotcha:
      'Only incidents that say when they began count. When it was noticed is not when it began.',
  },
  {
    id: 'time-to-mitigate',
    code: 'M7',
    title: 'Time to mitigate',
    unit: 'seconds',
    direction: 'lower',
    origin: 'events',
    target: 3600,
    gotcha:
      'Where no event says when users were well again, the end of the incident stands in, which is later.',
  },
  {
    id: 'burn-rate',
    code: 'M8',
    title: 'Burn rate',
    unit: 'budgets',
    direction: 'lower',
    origin: 'slo',
    target: 1,
    gotcha:
      'At 1 the budget lasts the window exactly. With little traffic a few failures make it leap.',
  },
  {
    id: 'cost-per-request',
    code: 'M9',
    title: 'Cost per request',
    unit: 'money/request',
    direction: 'lower',
    origin: 'measurements',
    gotcha:
      'It falls with traffic whatever anybody does. Compare weeks of equal traffic.',
    rollUp: 'worst',
  },
  {
    id: 'toil-hours',
    code: 'M10',
    title: 'Toil',
    unit: 'hours',
    direction: 'lower',
    origin: 'measurements',
    target: 20,
    gotcha:
      'Toil nobody writes down is the worst kind. Ask for a rough number every month rather than an exact one never.',
    rollUp: 'sum',
  },
  {
    id: 'data-lag',
    code: 'M11',
    title: 'Data lag',
    unit: 'seconds',
    direction: 'lower',
    origin: 'measurements',
    target: 900,
    gotcha:
      'A pipeline that stopped has no lag to report. Look at when it was last measured.',
    rollUp: 'worst',
  },
  {
    id: 'recovery-time',
    code: 'M12',
    title: 'Recovery time',
    unit: 'seconds',
    direction: 'lower',
    origin: 'events',
    target: day,
    gotcha:
      'It is the middle one, as a single long incident would hide all others. Open incidents are not in it yet.',
  },
  {
    id: 'change-failure-rate',
    code: 'M13',
    title: 'Change failure rate',
    unit: 'ratio',
    direction: 'lower',
    origin: 'events',
    target: 0.15,
    gotcha:
      'An incident is laid to the last deployment before it. With few deployments one failure moves it far.',
  },
  {
    id: 'security-findings',
    code: 'M14',
    title: 'Security findings',
    unit: 'findings',
    direction: 'lower',
    origin: 'measurements',
    target: 0,
    gotcha:
      'Scanners count differently, and nothing found may mean nothing scanned. Compare one source with itself.',
    rollUp: 'sum',
  },
  {
    id: 'observability-coverage',
    code: 'M15',
    title: 'Observability coverage',
    unit: 'ratio',
    direction: 'higher',
    origin: 'measurements',
    target: 0.9,
    gotcha:
      'That something is measured does not mean that anybody looks. Read it together with time to detect.',
    rollUp: 'mean',
  },
  {
    id: 'cost',
    title: 'Cost',
    unit: 'money',
    direction: 'lower',
    origin: 'measurements',
    gotcha:
      'Bills arrive late and are corrected: the running month is never complete. Its target is the budget in the contract. Currencies are never added up.',
    rollUp: 'sum',
  },
] as const satisfies readonly MeasureDescription[];

/**
 * Id of a measure.
 *
 * @public
 */
export type MeasureId = (typeof measureCatalogue)[number]['id'];

const byId = new Map<string, MeasureDescription>(
  measureCatalogue.map(measure => [measure.id, measure]),
);

/**
 * The measure of an id, if there is one.
 *
 * @public
 */
export function findMeasure(id: string): MeasureDescription | undefined {
  return byId.get(id);
}
