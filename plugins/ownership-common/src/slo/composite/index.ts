export * from './compositeRanges';
export * from './evaluateComposite';
export * from './memberTarget';
