import { Composer, Lexer, Parser, type Document, type LineCounter } from 'yaml';

/** Most documents in one text. */
const MAX_DOCUMENTS = 500;

/** Most words, marks, blanks and line ends of one text: what reading it costs. */
const MAX_PARTS = 200_000;

/**
 * Composes the documents of a text as far as that takes no more than a moment:
 * a text of a megabyte can be written so that it takes many seconds, in which
 * nothing else happens.
 *
 * @returns the documents, or what there is too much of and where
 * @throws whatever the parser throws, for example where its stack ends
 *
 * @internal
 */
export function composeYaml(options: {
  text: string;
  /** Is told of the lines. */
  lines: LineCounter;
}):
  | { documents: Document.Parsed[] }
  | { message: string; /** In characters. */ offset: number } {
  const { text, lines } = options;
  const parser = new Parser(lines.addNewLine);
  const composer = new Composer({
    // Found by findYamlFlaws: the composer compares every key with every other.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const documents: Document.Parsed[] = [];
  const isFull = () => documents.length > MAX_DOCUMENTS;
  let parts = 0;
  let offset = 0;

  function* tokens() {
    lines.addNewLine(0);
    for (const part of new Lexer().lex(text)) {
      parts += 1;
      if (parts > MAX_PARTS || isFull()) {
        return;
      }
      yield* parser.next(part);
      ({ offset } = parser);
    }
    yield* parser.end();
  }

  return withoutStackTraces(() => {
    for (const token of tokens()) {
      documents.push(...(composer.next(token) as Iterable<Document.Parsed>));
    }
    if (parts > MAX_PARTS) {
      return {
        message: `is too large: up to here it has ${MAX_PARTS.toLocaleString(
          'en-US',
        )} words, marks and line ends, and more are not read; split it`,
        offset,
      };
    }
    documents.push(...(composer.end() as Iterable<Document.Parsed>));
    return isFull()
      ? {
          message: `holds more than ${MAX_DOCUMENTS} documents; split it`,
          offset,
        }
      : { documents };
  });
}

/**
 * Half a million wrong escapes are half a million errors, and most of what an
 * error costs is a stack trace that nobody reads.
 */
function withoutStackTraces<Result>(compose: () => Result): Result {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return compose();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
