export * from './driftRulesExtensionPoint';
