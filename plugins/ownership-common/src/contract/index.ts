export * from './annotations';
export * from './contractJsonSchema';
export * from './contractMarker';
export * from './contractSources';
export * from './effectiveContract';
export { inspectDocument } from './inspectDocument';
export {
  addIsoDuration,
  isIsoDuration,
  isoDurationMilliseconds,
} from './isoDuration';
export * from './parseContract';
export * from './readTiers';
export * from './readYaml';
export * from './relations';
export * from './resolveContractState';
export * from './reviewDueAt';
export * from './routes';
export * from './schema';
export * from './starterContract';
export * from './staticRotation';
export * from './tierRequirements';
export * from './types';
export * from './validateContract';
