export { isInSameRepository } from './repositoryOf';
export type { RunbookCheck } from './RunbookCheck';
export * from './routes';
export * from './runbookAreas';
export * from './runbookHref';
export * from './runbookReviewDueAt';
export * from './schema';
export * from './toRunbooks';
