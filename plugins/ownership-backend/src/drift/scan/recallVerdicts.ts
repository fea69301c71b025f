import type { Knex } from 'knex';
import { readOpenFindings } from '../store/readOpenFindings';
import { reportsOn, type JudgementContext } from './judgeComponents';
import type { StreamedComponent } from './streamComponents';
import type { RememberedVerdict, VerdictMemory } from './VerdictMemory';

/** A component and the verdict on it that stands. */
export interface RecalledVerdict {
  entityRef: string;
  verdict: RememberedVerdict;
}

/**
 * Divides a page of marks into the components on which the last verdict stands
 * and those that have to be judged. A finding that somebody handled meanwhile
 * is a reason to judge.
 */
export async function recallVerdicts(options: {
  knex: Knex;
  memory: VerdictMemory;
  page: StreamedComponent[];
  context: Parameters<typeof reportsOn>[1] & Pick<JudgementContext, 'now'>;
}): Promise<{ same: RecalledVerdict[]; rest: StreamedComponent[] }> {
  const { knex, memory, page, context } = options;
  const open = await readOpenFindings({
    knex,
    entityRefs: page.map(({ entityRef }) => entityRef),
  });
  const same: RecalledVerdict[] = [];
  const rest = page.filter(({ entityRef, entity }) => {
    const verdict = memory.recall({
      entityRef,
      etag: entity.metadata.etag,
      now: context.now,
    });
    if (
      !verdict ||
      verdict.reports !== reportsOn(entityRef, context) ||
      open.handled.has(entityRef) ||
      verdict.findings.join() !== (open.ids.get(entityRef) ?? []).join()
    ) {
      return true;
    }
    same.push({ entityRef, verdict });
    return false;
  });
  return { same, rest };
}
