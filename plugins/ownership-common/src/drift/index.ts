export * from './collectFacts';
export * from './configureRules';
export * from './driftRules';
export * from './evaluateRules';
export * from './routes';
export * from './schema';
export * from './severityRank';
export * from './types';
