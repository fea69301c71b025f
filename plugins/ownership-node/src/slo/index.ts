export * from './sliSourcesExtensionPoint';
