import type { DriftRule } from './types';
import { captainRules } from './rules/captainRules';
import { contractRules } from './rules/contractRules';
import { costRules } from './rules/costRules';
import { dependencyRules } from './rules/dependencyRules';
import { drillRule } from './rules/drillRule';
import { handoverRule } from './rules/handoverRule';
import { lifecycleRules } from './rules/lifecycleRules';
import { onCallRules } from './rules/onCallRules';
import { ownerRules } from './rules/ownerRules';
import { ownerSourceRules } from './rules/ownerSourceRules';
import { promiseRules } from './rules/promiseRules';
import { readinessRules } from './rules/readinessRules';
import { renamedRule } from './rules/renamedRule';
import { runbookRules } from './rules/runbookRules';
import { sloHealthRules } from './rules/sloHealthRules';
import { sloRules } from './rules/sloRules';
import { sourceRules } from './rules/sourceRules';

/**
 * The rule catalogue, causes before consequences.
 *
 * Law: one cause, one finding.
 *
 * - Each owner has one condition (not there, nobody on it, everybody left, a
 *   placeholder), and one rule reports it.
 * - A component that nobody answers for has one finding that says so. What
 *   only its owner could put right (contract, captain, on-call, escalation,
 *   runbooks, SLOs) waits until there is an owner.
 * - A contract that is missing, broken or there twice is one finding; what it
 *   would have to contain is not asked for beside it.
 * - No runbook at all is not also a lack of coverage; a captain who left is
 *   not also outside the team, nor is an escalation broken because it leads
 *   to the captain or the owner.
 *
 * What is hidden so is `unknown`, never a pass. What is not asked of an
 * entity at all, by kind, type, lifecycle or tier, is no matter of a finding:
 * see `appliesTo` of each rule and `tierRequirements`.
 *
 * @public
 */
export const driftRules: readonly DriftRule[] = [
  ...ownerRules,
  ...ownerSourceRules,
  renamedRule,
  ...sourceRules,
  ...contractRules,
  ...captainRules,
  ...onCallRules,
  ...runbookRules,
  drillRule,
  ...sloRules,
  ...sloHealthRules,
  ...dependencyRules,
  ...promiseRules,
  ...costRules,
  ...readinessRules,
  ...lifecycleRules,
  handoverRule,
];
