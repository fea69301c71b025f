import type { BucketQuery } from './bucketQuery';
import { escapeRegex, quoteString } from './quoteString';
import { increaseOf } from './readSeries';

/** Label that tells the queries of one call apart. */
const QUERY_LABEL = 'ownership_query';
/** Good and total of 25 SLOs. */
const QUERIES_PER_CHUNK = 50;
/** Label values of one call; their text stays far below what servers take. */
const VALUES_PER_GROUP = 200;

/** One query of a server that answers many. */
export interface JoinedQuery {
  expression: string;
  /** The label of the answer that says which query a series belongs to. */
  label: string;
  /** The expressions that are answered, by value of the label. */
  answers: Map<string, string>;
}

/**
 * Joins queries into as few as there can be. Those that differ in the value of
 * one label become one `sum by (label)`, the others are joined with `or`.
 *
 * Law: the series of an answer is what the query alone would have given.
 */
export function joinQueries(queries: readonly BucketQuery[]): JoinedQuery[] {
  const unique = new Map(queries.map(query => [query.expression, query]));
  const joined: JoinedQuery[] = [];
  for (const group of groupByLabel([...unique.values()])) {
    for (const members of slices(group.members, VALUES_PER_GROUP)) {
      joined.push(joinGroup({ ...group, members }));
      members.forEach(({ expression }) => unique.delete(expression));
    }
  }
  for (const chunk of slices([...unique.keys()], QUERIES_PER_CHUNK)) {
    joined.push(joinChunk(chunk));
  }
  return joined;
}

interface Group {
  label: string;
  members: Array<{ expression: string; value: string; query: BucketQuery }>;
}

// Each query joins the largest group it fits into; groups of one are none.
function groupByLabel(queries: BucketQuery[]): Group[] {
  const groups = new Map<string, Group>();
  for (const query of queries) {
    const { series, expression } = query;
    for (const { label, value } of series?.matchers ?? []) {
      // A label with two matchers cannot be asked for by one.
      const alone =
        label !== undefined &&
        series!.matchers.filter(({ text }) => labelOf(text) === label)
          .length === 1;
      if (alone) {
        const key = `${label} ${increaseOf(series!, othersOf(query, label))}`;
        const group = groups.get(key) ?? { label, members: [] };
        groups.set(key, group);
        group.members.push({ expression, value: value!, query });
      }
    }
  }
  const taken = new Set<string>();
  return [...groups.values()]
    .sort((a, b) => b.members.length - a.members.length)
    .flatMap(({ label, members }) => {
      const left = members.filter(({ expression }) => !taken.has(expression));
      if (left.length < 2) {
        return [];
      }
      left.forEach(({ expression }) => taken.add(expression));
      return [{ label, members: left }];
    });
}

function joinGroup({ label, members }: Group): JoinedQuery {
  const { query } = members[0];
  const values = members.map(({ value }) => escapeRegex(value)).join('|');
  const matchers = [
    ...othersOf(query, label),
    `${label}=~${quoteString(values)}`,
  ];
  return {
    expression: `sum by (${label}) (${increaseOf(query.series!, matchers)})`,
    label,
    answers: new Map(
      members.map(({ value, expression }) => [value, expression]),
    ),
  };
}

function joinChunk(expressions: string[]): JoinedQuery {
  return {
    expression: expressions
      .map(
        (expression, index) =>
          `label_replace(${expression}, "${QUERY_LABEL}", "${index}", "", "")`,
      )
      .join(' or '),
    label: QUERY_LABEL,
    answers: new Map(
      expressions.map((expression, index) => [String(index), expression]),
    ),
  };
}

function othersOf({ series }: BucketQuery, label: string): string[] {
  return series!.matchers
    .filter(matcher => matcher.label !== label)
    .map(({ text }) => text);
}

function labelOf(matcher: string): string {
  return matcher.split(/[\s=!]/, 1)[0];
}

function slices<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
