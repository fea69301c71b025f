/**
 * Extension points for backend modules of the ownership plugin.
 *
 * @packageDocumentation
 */

export * from './directory';
export * from './drift';
export * from './slo';
