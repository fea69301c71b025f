import type { Verdicts } from './VerdictSnapshots';

/**
 * What the processor keeps of one entity between two passes.
 */
export type EntityMemory = {
  /** When the entity was processed for the first time; ISO 8601. */
  firstSeenAt: string;
  /** The state it was flagged with last. */
  state?: string;
};

/**
 * The state an entity is flagged with, and what to remember of it.
 *
 * Laws: without verdicts the last flag stays. An entity that came after the
 * scan was not judged by it. `unknown` is no flag.
 */
export function judgeEntity(options: {
  /** Canonical ref. */
  entityRef: string;
  verdicts?: Verdicts;
  memory?: EntityMemory;
  now: Date;
}): EntityMemory {
  const { entityRef, verdicts, now } = options;
  const memory = options.memory ?? { firstSeenAt: now.toISOString() };
  if (!verdicts) {
    return memory;
  }
  const named = verdicts.states.get(entityRef);
  if (named) {
    return {
      firstSeenAt: memory.firstSeenAt,
      ...(named === 'unknown' ? {} : { state: named }),
    };
  }
  return new Date(memory.firstSeenAt) > verdicts.scannedAt
    ? memory
    : { firstSeenAt: memory.firstSeenAt, state: 'owned' };
}
