export * from './format/durationShorthand';
export * from './format/readSlos';
export * from './format/sloSubject';
export { sloWindowLimits } from './format/readTimeWindow';
export * from './routes';
export * from './schema';
export * from './types';
