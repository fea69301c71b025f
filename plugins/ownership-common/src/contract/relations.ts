/**
 * From a component to the OwnershipContract entity that speaks for it.
 * The opposite is `ownershipContractOf`.
 *
 * @public
 */
export const RELATION_HAS_OWNERSHIP_CONTRACT = 'hasOwnershipContract';

/**
 * From an OwnershipContract entity to a component it speaks for.
 *
 * @public
 */
export const RELATION_OWNERSHIP_CONTRACT_OF = 'ownershipContractOf';

/**
 * From a component to its captain. The opposite is `captainOf`.
 *
 * @public
 */
export const RELATION_HAS_CAPTAIN = 'hasCaptain';

/**
 * From a user to a component they are the captain of.
 *
 * @public
 */
export const RELATION_CAPTAIN_OF = 'captainOf';

/**
 * From a component to an SLO entity that is for it. The opposite is `sloOf`.
 *
 * @public
 */
export const RELATION_HAS_SLO = 'hasSlo';

/**
 * From an SLO entity to the component it is for.
 *
 * @public
 */
export const RELATION_SLO_OF = 'sloOf';
