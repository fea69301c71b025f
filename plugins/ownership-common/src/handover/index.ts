export * from './defaultChecklist';
export * from './handoverLife';
export * from './routes';
export * from './schema';
export * from './types';
