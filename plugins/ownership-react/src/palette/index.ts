export * from './tone';
