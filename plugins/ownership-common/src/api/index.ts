export * from './route';
export * from './schema';
