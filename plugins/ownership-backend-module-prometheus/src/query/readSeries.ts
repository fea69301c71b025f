import type { SyntaxNode } from '@lezer/common';
import type { BucketQuery, BucketSeconds } from './bucketQuery';
import type { ParsedQuery } from './parseQuery';
import { quoteString, unquoteString } from './quoteString';

/** The increase of what one selector selects, added up. */
export interface SeriesQuery {
  metric: string;
  /** As text, sorted, with the value where it is a plain `label="value"`. */
  matchers: Array<{ text: string; label?: string; value?: string }>;
  seconds: BucketSeconds;
}

const COUNTING = new Set(['Rate', 'Irate', 'Increase']);

/**
 * Recognises the increase of one counter, as most queries are: `x{…}`,
 * `increase(x{…}[…])` or a rate of it, with sums around it. How the sums are
 * grouped does not matter, everything is added up in the end.
 */
export function readSeries(
  query: ParsedQuery,
  options: { seconds: BucketSeconds; counter?: boolean },
): BucketQuery | undefined {
  const { seconds, counter } = options;
  const selector = findSelector(query.tree.topNode.firstChild);
  const identifier = selector?.getChild('Identifier');
  if (!selector || !identifier) {
    return undefined;
  }
  const text = ({ from, to }: SyntaxNode) => query.text.slice(from, to);
  const metric = text(identifier);
  const recorded = counter !== true && metric.includes(':') && isBare(selector);
  if (recorded) {
    return undefined;
  }
  const matchers: SeriesQuery['matchers'] = [];
  const list = selector.getChild('LabelMatchers');
  for (let node = list?.firstChild; node; node = node.nextSibling) {
    if (node.name !== 'UnquotedLabelMatcher') {
      return undefined;
    }
    const label = text(node.getChild('LabelName')!);
    const value = unquoteString(text(node.getChild('StringLiteral')!));
    const plain =
      node.getChild('MatchOp')?.firstChild?.name === 'EqlSingle' &&
      // No label and an empty one are the same to a matcher, not to `by`.
      value !== '' &&
      value !== undefined &&
      label !== '__name__';
    matchers.push(
      plain
        ? { text: `${label}=${quoteString(value)}`, label, value }
        : { text: text(node) },
    );
  }
  matchers.sort((a, b) => (a.text < b.text ? -1 : 1));
  const series = { metric, matchers, seconds };
  return { expression: `sum(${increaseOf(series)})`, series };
}

/** The increase of the series, before they are added up. */
export function increaseOf(
  { metric, matchers, seconds }: SeriesQuery,
  others = matchers.map(({ text }) => text),
): string {
  return `increase(${metric}{${others.join(',')}}[${seconds}s])`;
}

function findSelector(node: SyntaxNode | null): SyntaxNode | undefined {
  switch (node?.name) {
    case 'VectorSelector':
      return node;
    case 'ParenExpr':
      return findSelector(node.firstChild);
    case 'AggregateExpr':
      return node.getChild('AggregateOp')?.firstChild?.name === 'Sum'
        ? findSelector(onlyArgument(node))
        : undefined;
    case 'FunctionCall': {
      const name = node.getChild('FunctionIdentifier')?.firstChild?.name;
      const argument = onlyArgument(node);
      return COUNTING.has(name ?? '') && argument?.name === 'MatrixSelector'
        ? argument.getChild('VectorSelector') ?? undefined
        : undefined;
    }
    default:
      return undefined;
  }
}

function onlyArgument(node: SyntaxNode): SyntaxNode | null {
  const body = node.getChild('FunctionCallBody');
  const first = body?.firstChild ?? null;
  return first?.nextSibling ? null : first;
}

function isBare(selector: SyntaxNode): boolean {
  return selector.parent?.name !== 'MatrixSelector';
}
