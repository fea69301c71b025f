import type { ConfiguredRule } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { readComponentStates } from '../store/readComponentStates';
import { readOwnerLoads } from '../store/readOwnerLoads';
import type { JudgementContext } from './judgeComponents';

/**
 * What rules about one component may know of others, as the last scan stored
 * it. What no rule that is on asks for is not read.
 *
 * @returns also a `version` that changes with what holds for all of them.
 */
export async function readNeighbours(options: {
  knex: Knex;
  rules: readonly ConfiguredRule[];
}): Promise<
  Pick<JudgementContext, 'statesOf' | 'ownerLoads'> & { version: string }
> {
  const { knex, rules } = options;
  const isOn = (id: string) =>
    rules.some(rule => rule.id === id && rule.enabled);
  const ownerLoads = isOn('owner-overloaded')
    ? await readOwnerLoads({ knex })
    : undefined;
  return {
    statesOf:
      isOn('dependency-unowned') || isOn('dependency-weaker-slo')
        ? entityRefs => readComponentStates({ knex, entityRefs })
        : undefined,
    ownerLoads,
    version: ownerLoads ? JSON.stringify([...ownerLoads].sort()) : '',
  };
}
