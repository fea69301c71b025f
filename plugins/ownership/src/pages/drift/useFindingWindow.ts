import { useApi } from '@backstage/core-plugin-api';
import {
  ownershipApiRef,
  reasonOf,
} from '@service-ownership/backstage-plugin-ownership-react';
import type {
  Finding,
  FindingFilter,
} from '@service-ownership/backstage-plugin-ownership-common';
import { useCallback, useEffect, useState } from 'react';

/** Findings asked for at once. */
const chunkSize = 100;
/** Chunks that are kept: some hundred rows, however far one scrolls. */
const chunksKept = 5;

interface Chunk {
  items: Finding[];
  version: number;
}

interface Answers {
  question: string;
  chunks: ReadonlyMap<number, Chunk>;
  /** By chunk; the first needs none. One is known once the chunk before was there. */
  cursors: ReadonlyArray<string | undefined>;
  /** Rows of all chunks whose cursor is known, as far as one can tell. */
  reachable: number;
  total: number;
}

/**
 * Findings to scroll through: those in sight are loaded, those far away are
 * forgotten again. Another `version` loads what is in sight anew.
 *
 * @internal
 */
export function useFindingWindow(options: {
  filter: FindingFilter;
  orderBy?: string;
  version: number;
  /** Nothing is asked before. */
  ready: boolean;
}) {
  const api = useApi(ownershipApiRef);
  const { filter, orderBy, version, ready } = options;
  const question = JSON.stringify([filter, orderBy]);
  const [answers, setAnswers] = useState<Answers>();
  const [wanted, setWanted] = useState({ question, first: 0, last: 0 });
  const [failure, setFailure] = useState<{ error: Error; asked: string }>();
  const [attempt, setAttempt] = useState(0);

  const current = answers?.question === question ? answers : undefined;
  const range = wanted.question === question ? wanted : { first: 0, last: 0 };
  const missing = missingChunk({ current, range, version });
  const asked = `${attempt} ${version} ${missing} ${question}`;

  useEffect(() => {
    if (!ready || missing === undefined) {
      return undefined;
    }
    let overtaken = false;
    api
      .listFindings({
        ...filter,
        orderBy,
        cursor: current?.cursors[missing],
        limit: chunkSize,
      })
      .then(
        page => {
          if (!overtaken) {
            setFailure(undefined);
            setAnswers(before =>
              withChunk({
                before: before?.question === question ? before : undefined,
                question,
                index: missing,
                chunk: { items: page.items, version },
                nextCursor: page.pageInfo.nextCursor,
                total: page.totalItems,
              }),
            );
          }
        },
        problem => {
          if (!overtaken) {
            setFailure({ error: reasonOf(problem), asked });
          }
        },
      );
    return () => {
      overtaken = true;
    };
    // `asked` says all that the question depends on.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [api, asked, ready]);

  const onRange = useCallback(
    ({ first, last }: { first: number; last: number }) => {
      const next = {
        question,
        first: Math.floor(first / chunkSize),
        last: Math.floor(last / chunkSize),
      };
      setWanted(before =>
        before.question === question &&
        before.first === next.first &&
        before.last === next.last
          ? before
          : next,
      );
    },
    [question],
  );

  const error = failure?.asked === asked ? failure.error : undefined;
  // Until the first answer, the rows of the question before stay, dimmed.
  const shown = current ?? answers;
  return {
    question,
    /** Absent before the first answer of all. */
    value: error && !current ? undefined : shown,
    error,
    loading: !current && !error,
    onRange,
    rowAt: (index: number) =>
      shown?.chunks.get(Math.floor(index / chunkSize))?.items[
        index % chunkSize
      ],
    loaded: [...(shown?.chunks.values() ?? [])].flatMap(({ items }) => items),
    retry: useCallback(() => setAttempt(count => count + 1), []),
  };
}

function missingChunk(options: {
  current?: Answers;
  range: { first: number; last: number };
  version: number;
}): number | undefined {
  const { current, range, version } = options;
  if (!current) {
    return 0;
  }
  const most = current.cursors.length - 1;
  for (
    let index = Math.min(range.first, most);
    index <= Math.min(range.last, most);
    index++
  ) {
    if (current.chunks.get(index)?.version !== version) {
      return index;
    }
  }
  return undefined;
}

function withChunk(options: {
  before?: Answers;
  question: string;
  index: number;
  chunk: Chunk;
  nextCursor?: string;
  total: number;
}): Answers {
  const { before, question, index, chunk, nextCursor, total } = options;
  // What follows begins elsewhere now: it is asked for anew.
  const follows = before?.cursors[index + 1] === nextCursor;
  const cursors = [
    ...(before?.cursors.slice(0, index + 1) ?? [undefined]),
    ...(nextCursor === undefined ? [] : [nextCursor]),
    ...(follows ? before?.cursors.slice(index + 2) ?? [] : []),
  ];
  const chunks = new Map(
    [...(before?.chunks ?? [])].filter(([at]) => at < index || follows),
  ).set(index, chunk);
  const far = [...chunks.keys()].sort(
    (a, b) => Math.abs(b - index) - Math.abs(a - index),
  );
  far
    .slice(0, Math.max(0, far.length - chunksKept))
    .forEach(at => chunks.delete(at));
  const isLast = cursors.length === index + 1;
  return {
    question,
    chunks,
    cursors,
    total,
    reachable: isLast
      ? index * chunkSize + chunk.items.length
      : Math.max(
          index * chunkSize + chunk.items.length + 1,
          Math.min(total, cursors.length * chunkSize),
        ),
  };
}
