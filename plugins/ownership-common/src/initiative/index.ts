export * from './initiativeFigures';
export * from './initiativeGoal';
export * from './initiativePace';
export * from './readScopePredicate';
export * from './reminderStage';
export * from './routes';
export * from './schema';
