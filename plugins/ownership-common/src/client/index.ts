export * from './OwnershipApi';
export * from './OwnershipClient';
