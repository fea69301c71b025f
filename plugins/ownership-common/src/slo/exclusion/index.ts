export * from './checkExclusion';
export * from './exclusionStretches';
export { expandExclusion } from './expandExclusion';
export * from './schema';
export { countedRanges, excludedBuckets, excludedSeconds } from './stretches';
export * from './types';
