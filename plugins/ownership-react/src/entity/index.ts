export { useOwnership } from './useOwnership';
export type { OwnershipRequest } from './useOwnership';
