import type { SyntaxNode } from '@lezer/common';
import type { SloDefinition } from '@service-ownership/backstage-plugin-ownership-common';
import { countQuery } from '../query/bucketQuery';
import { nodesOf, parseQuery, QueryError } from '../query/parseQuery';
import type { ParsedQuery } from '../query/parseQuery';
import { quoteString } from '../query/quoteString';
import type { RecordingRule } from '../server/parseRules';
import type { RecordedSlo } from './RecordedSlo';

type Indicator = NonNullable<SloDefinition['indicator']>;

const TIME_WEIGHTED =
  'Time-weighted: every 5 minutes count alike, with much traffic or little.';

/**
 * What is asked to know the events of a recorded SLO. Where the rule behind
 * its error ratio is known and divides counts, these are counted: that gives
 * events, and it reaches back to before the rule was there. Else the ratio is
 * taken as it is, which weighs by time.
 */
export function recordedIndicator(options: {
  slo: RecordedSlo;
  /** The rules of the server; undefined where it knows of none. */
  rules: RecordingRule[] | undefined;
}): { indicator: Indicator; warnings: string[] } {
  const { slo, rules } = options;
  const rule = rules?.find(
    ({ name, labels }) =>
      name === slo.errorRatio.name &&
      Object.entries(slo.errorRatio.labels).every(
        ([label, value]) => labels[label] === value,
      ),
  );
  const counted = rule && countsOf(rule.query);
  if (counted) {
    return { indicator: counted, warnings: [] };
  }
  const labels = Object.entries(slo.errorRatio.labels).map(
    ([label, value]) => `${label}=${quoteString(value)}`,
  );
  return {
    indicator: {
      raw: {
        query: `${slo.errorRatio.name}{${labels.join(',')}}`,
        type: 'failure',
      },
    },
    warnings: [
      `${TIME_WEIGHTED} ${
        rule
          ? 'Its rule does not divide bad events by all events'
          : 'The server does not tell the rule behind the ratio'
      }, so that only the recorded ratio of bad events is known, from when on it was recorded.`,
    ],
  };
}

/** The two sides of a ratio of bad events to all, where both can be counted. */
function countsOf(written: string): Indicator | undefined {
  try {
    const query = parseQuery(written);
    const ratio = withoutParens(query.tree.topNode.firstChild);
    if (
      ratio?.name !== 'BinaryExpr' ||
      !ratio.getChild('Div') ||
      ratio.getChild('MatchingModifierClause')
    ) {
      return undefined;
    }
    const [bad, total] = [ratio.firstChild!, ratio.lastChild!].map(side => {
      const node = withoutParens(side)!;
      return query.text.slice(node.from, node.to);
    });
    for (const side of [bad, total]) {
      if (!hasRange(parseQuery(side))) {
        return undefined;
      }
      countQuery(side, 300);
    }
    return { bad, total };
  } catch (error) {
    if (error instanceof QueryError) {
      return undefined;
    }
    throw error;
  }
}

function withoutParens(node: SyntaxNode | null): SyntaxNode | null {
  return node?.name === 'ParenExpr' ? withoutParens(node.firstChild) : node;
}

function hasRange(query: ParsedQuery): boolean {
  return nodesOf(query).some(({ name }) => name === 'MatrixSelector');
}
