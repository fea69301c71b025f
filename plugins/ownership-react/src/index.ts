/**
 * Hooks, API ref and building blocks to show ownership in other plugins.
 *
 * @packageDocumentation
 */

export * from './api';
export * from './chart';
export * from './directory';
export * from './drift';
export * from './entity';
export * from './frame';
export * from './palette';
export * from './slo';
export * from './translation';
