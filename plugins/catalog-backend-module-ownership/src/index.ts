/**
 * Adds ownership contracts, SLOs and the ownership-drift processor to the
 * catalog.
 *
 * @packageDocumentation
 */

export { catalogModuleOwnership as default } from './module';
