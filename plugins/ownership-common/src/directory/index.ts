export * from './buildDirectory';
export * from './describeAlias';
export * from './entityRefOf';
export * from './normalizeRef';
export * from './readAliases';
export * from './routes';
export * from './schema';
export * from './types';
