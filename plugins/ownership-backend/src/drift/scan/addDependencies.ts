import {
  hardDependencies,
  type ComponentFacts,
  type DependencyFact,
  type OwnershipState,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { JudgementContext } from './judgeComponents';

/**
 * Adds what the last scan stored of hard dependencies to the facts of a page,
 * with one question for all of them, and none where nobody has any.
 */
export async function addDependencies(
  page: readonly ComponentFacts[],
  context: Pick<JudgementContext, 'statesOf' | 'sloStatuses'>,
): Promise<void> {
  const { statesOf, sloStatuses } = context;
  if (!statesOf) {
    return;
  }
  const wanted = page
    .map(facts => ({ facts, refs: hardDependencies(facts) }))
    .filter(({ refs }) => refs.length > 0);
  const states = await statesOf([
    ...new Set(wanted.flatMap(({ refs }) => refs)),
  ]);
  for (const { facts, refs } of wanted) {
    facts.dependencies = new Map(
      refs.map(ref => [ref, factOf(ref, states, sloStatuses)]),
    );
  }
}

function factOf(
  ref: string,
  states: ReadonlyMap<string, OwnershipState>,
  sloStatuses: JudgementContext['sloStatuses'],
): DependencyFact {
  const objectives = (sloStatuses.get(ref) ?? []).map(
    ({ objective }) => objective,
  );
  return {
    state: states.get(ref),
    ...(objectives.length > 0 && { objective: Math.max(...objectives) }),
  };
}
