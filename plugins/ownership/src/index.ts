/**
 * Ownership cards, entity tab and pages: who answers for this, is it well,
 * what do I do.
 *
 * @packageDocumentation
 */

export { ownershipStateColumn } from './directory/ownershipStateColumn';
export {
  EntityDriftCard,
  EntityErrorBudgetCard,
  EntityOwnershipCard,
  EntityOwnershipContent,
  EntityRunbooksCard,
  EntityScopeOwnershipCard,
  EntityScorecardCard,
  GroupOwnershipCard,
  HomePageMyTeams,
  OwnershipPage,
  ownershipPlugin,
} from './plugin';
export { rootRouteRef as ownershipRouteRef } from './routes';
export { ownershipTranslationRef } from './translation';
