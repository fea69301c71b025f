export * from './routes';
export * from './schema';
export * from './staticRotation';
export * from './types';
