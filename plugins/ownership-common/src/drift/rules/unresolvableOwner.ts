import type { ComponentFacts, OwnerFact, RuleContext } from '../types';
import { asWritten, nameAnOwner } from './ownerEvidence';

/**
 * What is wrong with an owner that resolves to nothing.
 *
 * @internal
 */
export function describeUnresolvable(
  owner: OwnerFact,
  facts: ComponentFacts,
): string {
  if (isAddress(owner)) {
    return `${asWritten(
      owner,
      facts,
    )} is an e-mail address, not a group or a user of the catalog`;
  }
  return /^(group|user):/.test(owner.ref)
    ? `${owner.ref} is not in the catalog`
    : `${owner.ref} is neither a group nor a user of the catalog`;
}

/**
 * What to do about it. Whether the team is gone, misspelt or was never brought
 * into the catalog, nobody here can tell; only a namesake is a hint.
 *
 * @internal
 */
export function resolveOwner(
  owner: OwnerFact,
  facts: ComponentFacts,
  context: Pick<RuleContext, 'directory'>,
): string {
  const namesake = findNamesake(owner, context);
  if (namesake) {
    return nameAnOwner(
      facts,
      `${namesake} if that is meant, or to the team that answers for it now`,
    );
  }
  const sentence = nameAnOwner(facts, 'the team that answers for it now');
  return /^(group|user):/.test(owner.ref) && !isAddress(owner)
    ? `${sentence} If ${owner.ref} exists, bring it into the organisation data instead.`
    : sentence;
}

function isAddress(owner: OwnerFact): boolean {
  return /\/[^/@\s]+@[^/@\s]+\.[^/@\s]+$/.test(owner.ref);
}

// `owner: ada` means a group, and in the namespace of the component: the two
// things that are forgotten most.
function findNamesake(
  owner: OwnerFact,
  { directory }: Pick<RuleContext, 'directory'>,
): string | undefined {
  const [, namespace, name] =
    /^(?:group|user):([^/]+)\/(.+)$/.exec(owner.ref) ?? [];
  return ['group', 'user']
    .flatMap(kind => [
      `${kind}:default/${name}`,
      `${kind}:${namespace}/${name}`,
    ])
    .find(ref => name !== undefined && directory.get(ref));
}
