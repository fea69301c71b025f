/**
 * Ownership cards, entity tab and pages: who answers for this, is it well,
 * what do I do.
 *
 * @packageDocumentation
 */

export {
  EntityDriftCard,
  EntityErrorBudgetCard,
  EntityOwnershipCard,
  EntityOwnershipContent,
  EntityRunbooksCard,
  EntityScorecardCard,
  GroupOwnershipCard,
  OwnershipPage,
  ownershipPlugin,
} from './plugin';
export { rootRouteRef as ownershipRouteRef } from './routes';
export { ownershipTranslationRef } from './translation';
