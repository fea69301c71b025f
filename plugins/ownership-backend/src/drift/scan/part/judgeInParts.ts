import { setTimeout } from 'node:timers/promises';
import type { Knex } from 'knex';
import { inSlices } from '../../store/inSlices';
import {
  listJudgedParts,
  openParts,
  readOutcome,
  type ScanPart,
} from '../../store/scanParts';
import type { PartOutcome } from './PartOutcome';
import type { PartWorker } from './PartWorker';

/** Parts are small enough to lose one, and large enough to be worth handing over. */
export const PART_SIZE = 2000;

const LOOK_AGAIN_MS = 100;

/** Opens the components of a scan to all replicas, a part at a time. */
export async function divide(options: {
  knex: Knex;
  scanId: string;
  /** Refs of components, each once. */
  refs: AsyncIterable<string[]>;
  /** Components in a part. */
  size: number;
}): Promise<void> {
  const { knex, scanId, refs, size } = options;
  let parts = 0;
  let waiting: string[] = [];
  const open = async (slices: string[][]) => {
    const first = parts;
    parts += slices.length;
    await openParts({
      ...{ knex, scanId },
      parts: slices.map((entityRefs, at) => ({ part: first + at, entityRefs })),
    });
  };
  for await (const page of refs) {
    waiting.push(...page);
    const whole = waiting.length - (waiting.length % size);
    await open(inSlices(waiting.slice(0, whole), size));
    waiting = waiting.slice(whole);
  }
  await open(inSlices(waiting, size));
}

/**
 * Judges the open parts of a scan with everybody who helps, and takes what
 * comes out of each. Ends when every part is judged, whoever took it.
 */
export async function judgeInParts(options: {
  knex: Knex;
  scanId: string;
  /** All there are. */
  parts: readonly ScanPart[];
  /** Of this replica, which does its share. */
  worker: PartWorker;
  onOutcome: (outcome: PartOutcome) => Promise<void>;
  signal: AbortSignal;
}): Promise<void> {
  const { knex, scanId, worker, onOutcome, signal } = options;
  const left = new Set(options.parts.map(({ part }) => part));
  for (;;) {
    signal.throwIfAborted();
    const found = await worker.judgeNext({ signal });
    for (const part of await listJudgedParts({ knex, scanId })) {
      if (left.has(part)) {
        await onOutcome(
          (await readOutcome({ knex, scanId, part })) as PartOutcome,
        );
        left.delete(part);
      }
    }
    if (left.size === 0) {
      return;
    }
    if (!found) {
      await setTimeout(LOOK_AGAIN_MS, undefined, { signal });
    }
  }
}
