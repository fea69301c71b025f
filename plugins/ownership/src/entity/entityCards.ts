// The cards of the entity page in one chunk: they are shown together and share
// most of their code, which separate chunks would each carry again.
export { OwnershipCard } from '../directory/OwnershipCard';
export { DriftCard } from '../drift/DriftCard';
export { RunbooksCard } from '../runbook/RunbooksCard';
export { ScorecardCard } from '../scorecard/ScorecardCard';
export { ErrorBudgetCard } from '../slo/ErrorBudgetCard';
