export * from './buildDirectory';
export * from './entityRefOf';
export * from './normalizeRef';
export * from './types';
