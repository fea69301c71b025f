/**
 * The domain of service ownership: contracts, drift rules, error budgets and
 * scorecards as pure functions, and the shapes of the HTTP API.
 *
 * @packageDocumentation
 */

export * from './api';
export * from './client';
export * from './contract';
export * from './directory';
export * from './drift';
export * from './entity';
export * from './handover';
export * from './initiative';
export * from './measure';
export * from './permissions';
export * from './runbook';
export * from './scorecard';
export * from './slo';
