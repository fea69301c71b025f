import type { ComponentFacts, OwnerFact, RuleContext } from '../types';

/**
 * How one owner stands. Each owner has exactly one condition, so that no two
 * rules report the same owner for the same reason.
 *
 * - `waiting`: it does not resolve, and the grace period is not over.
 * - `unresolvable`: nothing in the catalog bears its ref.
 * - `empty`: a group without any member in its whole sub-tree.
 * - `inactive`: an inactive user, or a group all of whose members are.
 * - `answers`: none of these.
 *
 * @internal
 */
export type OwnerCondition =
  | 'waiting'
  | 'unresolvable'
  | 'empty'
  | 'inactive'
  | 'answers';

/**
 * The condition of one owner. To be asked only where the directory is there.
 *
 * @internal
 */
export function ownerCondition(
  owner: OwnerFact,
  context: Pick<RuleContext, 'directory' | 'presence'>,
): OwnerCondition {
  const principal = context.directory.get(owner.ref);
  if (!principal) {
    return context.presence(owner.ref) === 'waiting'
      ? 'waiting'
      : 'unresolvable';
  }
  if (principal.kind === 'user') {
    return principal.active ? 'answers' : 'inactive';
  }
  if (principal.memberCount === 0) {
    return 'empty';
  }
  return principal.activeMemberCount === 0 ? 'inactive' : 'answers';
}

/**
 * True if no owner answers and none may still turn up: the component is
 * orphaned, whichever of the rules says so.
 *
 * @internal
 */
export function nobodyAnswers(
  facts: ComponentFacts,
  context: Pick<RuleContext, 'directory' | 'presence'>,
): boolean {
  return (
    facts.unavailable.directory === undefined &&
    facts.owners.every(
      owner => !['answers', 'waiting'].includes(ownerCondition(owner, context)),
    )
  );
}
