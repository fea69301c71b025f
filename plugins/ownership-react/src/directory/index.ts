export * from './EntityName';
export * from './TeamLink';
