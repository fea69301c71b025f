/**
 * The command `service-ownership`.
 *
 * @packageDocumentation
 */

export { main } from './command/main';
