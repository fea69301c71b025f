export * from './SeverityLabel';
export * from './StateLabel';
