export * from './Sparkline';
export * from './TrendChart';
