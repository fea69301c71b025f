import type { FindingRow } from '../store/FindingRow';
import type { FindingChange } from '../store/writeFindingChanges';
import {
  reportsOn,
  type Judgement,
  type JudgementContext,
} from './judgeComponents';
import { standingFindings } from './standingFindings';
import type { VerdictMemory } from './VerdictMemory';

/** No moment is later. */
const NEVER = Number.MAX_SAFE_INTEGER;
const NO_FINDINGS: readonly string[] = [];

/**
 * Remembers the verdicts of a page that the next scan may take as they are. To
 * be called once what was planned is written.
 */
export function rememberVerdicts(options: {
  memory: Pick<VerdictMemory, 'remember'>;
  context: JudgementContext;
  judgements: readonly Judgement[];
  /** As they were read before. */
  findings: ReadonlyMap<string, FindingRow[]>;
  planned: readonly FindingChange[];
  /** What of the plan took place. */
  applied: readonly FindingChange[];
}): void {
  const { memory, context, judgements } = options;
  const standing = standingFindings(options);
  for (const judgement of judgements) {
    const { facts, evaluation, missed, repeatable } = judgement;
    const { entityRef, entity, owners } = facts;
    const ids = standing.get(entityRef);
    const { etag } = entity.metadata;
    const reports = reportsOn(entityRef, context);
    if (repeatable && etag && reports !== undefined && ids !== 'handled') {
      memory.remember(entityRef, {
        etag,
        validUntil: validUntil(judgement, context),
        reports,
        ownerRefs: owners.map(({ ref }) => ref),
        findings: ids ?? NO_FINDINGS,
        ...(missed.size > 0 && { missed: [...missed.keys()] }),
        ...(evaluation.state === 'orphaned' && { orphaned: true }),
      });
    }
  }
}

/** Milliseconds since the epoch; whoever is missed may be waited for until then. */
function validUntil(
  { evaluation, missed }: Judgement,
  { now, graceMs }: JudgementContext,
): number {
  const moments = Array.from(
    missed.values(),
    since => since.getTime() + graceMs,
  ).filter(moment => moment > now.getTime());
  return Math.min(evaluation.validUntil?.getTime() ?? NEVER, ...moments);
}
