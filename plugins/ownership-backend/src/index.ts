/**
 * Backend of the ownership plugin.
 *
 * @packageDocumentation
 */

export { ownershipPlugin as default } from './plugin';
