export * from './onCallProvidersExtensionPoint';
