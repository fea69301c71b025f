/**
 * Reads SLIs from Prometheus-compatible servers for the ownership plugin.
 *
 * @packageDocumentation
 */

export { ownershipModulePrometheus as default } from './ownershipModulePrometheus';
