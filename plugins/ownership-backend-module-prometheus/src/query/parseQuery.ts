import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

/** A query that cannot be asked, with the place in it in words. */
export class QueryError extends Error {}

/** A query with its syntax tree; positions are those of the text as written. */
export interface ParsedQuery {
  text: string;
  tree: Tree;
}

/** Sloth's placeholder of the range. */
const WINDOW = /\{\{\s*\.window\s*\}\}/g;

/**
 * Parses a PromQL query. Sloth's `{{.window}}` is read as 5 minutes, comments
 * are taken out: what stands behind one on its line would be lost once the
 * query is part of another.
 *
 * @throws QueryError that names line and column
 */
export function parseQuery(written: string): ParsedQuery {
  const text = withoutComments(
    written.replace(WINDOW, match => '5m'.padEnd(match.length)),
  );
  const tree = parser.parse(text);
  let wrong: number | undefined;
  tree.iterate({
    enter: node => {
      if (node.type.isError) {
        wrong = Math.min(wrong ?? Infinity, node.from);
      }
    },
  });
  if (wrong !== undefined) {
    throw new QueryError(describePlace(text, wrong));
  }
  return { text, tree };
}

/** The nodes of a tree, parents first. */
export function nodesOf({ tree }: ParsedQuery): SyntaxNode[] {
  const nodes: SyntaxNode[] = [];
  tree.iterate({
    enter: node => {
      nodes.push(node.node);
    },
  });
  return nodes;
}

function withoutComments(text: string): string {
  let plain = text;
  parser.parse(text).iterate({
    enter: ({ name, from, to }) => {
      if (name === 'LineComment') {
        plain = plain.slice(0, from) + ' '.repeat(to - from) + plain.slice(to);
      }
    },
  });
  return plain;
}

function describePlace(text: string, at: number): string {
  const rest = text.slice(at).trimStart();
  const from = text.length - text.slice(at).trimStart().length;
  const lines = text.slice(0, from).split('\n');
  const place = `line ${lines.length}, column ${
    lines[lines.length - 1].length + 1
  }`;
  return rest === ''
    ? `${place}: the query ends too early`
    : `${place}: not understood from ${JSON.stringify(rest.slice(0, 20))} on`;
}
