export * from './ownershipApiRef';
