import type { SyntaxNode } from '@lezer/common';
import { nodesOf, parseQuery, QueryError } from './parseQuery';
import type { ParsedQuery } from './parseQuery';
import { readSeries } from './readSeries';
import type { SeriesQuery } from './readSeries';

/** Length of a bucket in seconds. */
export type BucketSeconds = 300 | 3600;

/** What is asked at the end of a bucket to get its value: one series. */
export interface BucketQuery {
  expression: string;
  /** The same in parts, where it is the increase of the series of one selector. */
  series?: SeriesQuery;
}

/**
 * Counts the events of a bucket. Every range in the query becomes the length
 * of the bucket and `rate` becomes `increase`: the bucket is counted, not a
 * rate at some moment in it. What is without a range is a counter and gets
 * both, unless `counter` or its name say something else.
 *
 * | written            | counter | asked                                     |
 * | ------------------ | ------- | ----------------------------------------- |
 * | `sum(rate(x[1m]))` | any     | `sum(sum(increase(x[300s])))`             |
 * | `x`                | absent  | `sum(increase(x[300s]))`                  |
 * | `sum(x) - sum(y)`  | absent  | `sum(sum(increase(x[300s])) - sum(…))`    |
 * | `job:x:rate5m`     | absent  | `sum((avg_over_time(…[300s]) * 300))`     |
 * | `job:x:rate5m`     | true    | `sum(increase(job:x:rate5m{}[300s]))`     |
 * | `x`                | false   | `sum(sum_over_time(x[300s]))`             |
 * | `job:x:rate5m`     | false   | `sum((avg_over_time(…[300s]) * 300))`     |
 *
 * @param options - `counter`: of OpenSLO: false where each value is a number
 * of events by itself, so that the values in a bucket are added up
 * @throws QueryError where it cannot be told what is counted
 */
export function countQuery(
  written: string,
  seconds: BucketSeconds,
  options: { counter?: boolean } = {},
): BucketQuery {
  const { counter } = options;
  const query = parseQuery(written);
  const edits = rangeEdits(query, seconds);
  const series =
    counter === false && edits.length === 0
      ? undefined
      : readSeries(query, { seconds, counter });
  if (series) {
    return series;
  }
  if (edits.length === 0) {
    for (const node of nodesOf(query)) {
      if (node.name === 'VectorSelector') {
        edits.push(...countEdits(query, node, { seconds, counter }));
      }
    }
  } else {
    edits.push(...rateEdits(query));
  }
  const top = query.tree.topNode.firstChild?.name;
  const edited = applyEdits(query.text, edits);
  return {
    expression:
      top === 'NumberDurationLiteral' ? `vector(${edited})` : `sum(${edited})`,
  };
}

/**
 * A ratio over a bucket; several series are averaged. Absent for an hour of a
 * query that can only be asked for a moment.
 */
export function ratioQuery(
  written: string,
  seconds: BucketSeconds,
): BucketQuery | undefined {
  const query = parseQuery(written);
  const edits = rangeEdits(query, seconds);
  if (edits.length > 0) {
    return { expression: `avg(${applyEdits(query.text, edits)})` };
  }
  if (query.tree.topNode.firstChild?.name === 'VectorSelector') {
    return {
      expression: `avg(avg_over_time(${query.text.trim()}[${seconds}s]))`,
    };
  }
  return seconds === 300
    ? { expression: `avg(${query.text.trim()})` }
    : undefined;
}

/**
 * The value of a gauge at the end of a bucket; of several series the one that
 * is furthest on the wrong side of the threshold.
 */
export function valueQuery(
  written: string,
  op: 'lte' | 'gte' | 'lt' | 'gt',
): BucketQuery {
  const { text } = parseQuery(written);
  const worst = op === 'lte' || op === 'lt' ? 'max' : 'min';
  return { expression: `${worst}(${text.trim()})` };
}

interface Edit {
  from: number;
  to: number;
  insert: string;
}

/** Gives every outermost range the length of the bucket. */
function rangeEdits(query: ParsedQuery, seconds: BucketSeconds): Edit[] {
  return nodesOf(query)
    .filter(node => isRange(node) && !isInSubquery(node))
    .map(node => {
      const { from, to } = node.getChild('DurationExpr')!;
      return { from, to, insert: `${seconds}s` };
    });
}

function rateEdits(query: ParsedQuery): Edit[] {
  return nodesOf(query)
    .filter(
      ({ name, node }) =>
        (name === 'Rate' || name === 'Irate') && !isInSubquery(node),
    )
    .map(({ from, to }) => ({ from, to, insert: 'increase' }));
}

// Only what adds up may stand around a counter: the increase of a sum is the
// sum of the increases, that of a maximum is not.
const ADDING = new Set([
  'PromQL',
  'ParenExpr',
  'BinaryExpr',
  'FunctionCallBody',
  'AggregateExpr',
]);

function countEdits(
  query: ParsedQuery,
  selector: SyntaxNode,
  options: { seconds: BucketSeconds; counter?: boolean },
): Edit[] {
  const { seconds, counter } = options;
  const adding = counter === false ? 'sum_over_time' : 'increase';
  const whole =
    selector.parent?.name === 'OffsetExpr' ? selector.parent : selector;
  for (let node = whole.parent; node; node = node.parent) {
    const operator =
      node.name === 'BinaryExpr' || node.name === 'AggregateExpr'
        ? operatorOf(node)
        : undefined;
    const adds =
      ADDING.has(node.name) &&
      (operator === undefined || /^(Sum|Add|Sub|Or)$/.test(operator));
    if (!adds) {
      throw new QueryError(
        `it cannot be told what is counted: write ${adding}(${query.text.slice(
          selector.from,
          selector.to,
        )}[5m])${counter === false ? '' : ', or rate(…),'} around each metric`,
      );
    }
  }
  const range = `[${seconds}s]`;
  const name = query.text.slice(selector.from, selector.to).split('{')[0];
  const recorded = counter !== true && /:\w*rate\d+[smhd]$/.test(name.trim());
  return [
    {
      from: whole.from,
      to: whole.from,
      insert: recorded ? '(avg_over_time(' : `${adding}(`,
    },
    { from: selector.to, to: selector.to, insert: range },
    {
      from: whole.to,
      to: whole.to,
      insert: recorded ? `) * ${seconds})` : ')',
    },
  ];
}

function operatorOf(node: SyntaxNode): string | undefined {
  if (node.name === 'AggregateExpr') {
    return node.getChild('AggregateOp')?.firstChild?.name;
  }
  return ['Add', 'Sub', 'Or'].find(name => node.getChild(name)) ?? 'other';
}

function isRange({ name }: SyntaxNode): boolean {
  return name === 'MatrixSelector' || name === 'SubqueryExpr';
}

function isInSubquery(node: SyntaxNode): boolean {
  for (let parent = node.parent; parent; parent = parent.parent) {
    if (parent.name === 'SubqueryExpr') {
      return true;
    }
  }
  return false;
}

function applyEdits(text: string, edits: Edit[]): string {
  return edits
    .map((edit, order) => ({ ...edit, order }))
    .sort((a, b) => b.from - a.from || b.order - a.order)
    .reduce(
      (edited, { from, to, insert }) =>
        edited.slice(0, from) + insert + edited.slice(to),
      text,
    )
    .trim();
}
