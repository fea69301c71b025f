import {
  defaultTierTable,
  type ConfiguredRule,
  type Tier,
} from '@service-ownership/backstage-plugin-ownership-common';
import { version } from '../../../../package.json';
import { digestOf } from '../../../directory/organisationPart';
import type { DriftConfig } from '../../DriftConfig';
import type { ReportSources } from '../readReports';

/**
 * A digest of the rules and settings that verdicts hang on: replicas with
 * another one, of another version or configuration, must not judge for each
 * other.
 */
export function judgedBy(options: {
  rules: readonly ConfiguredRule[];
  config: Pick<
    DriftConfig,
    'kinds' | 'graceMs' | 'platformTeam' | 'customRules'
  >;
  requirements: ReportSources['requirements'];
}): string {
  const { rules, config, requirements } = options;
  return digestOf([
    version,
    // Those given in code tell by their text that they are others.
    rules.map(({ id, enabled, severity, parameters, appliesTo, evaluate }) => [
      ...[id, enabled, severity, parameters, appliesTo],
      String(evaluate),
    ]),
    [...config.kinds],
    config.graceMs,
    config.platformTeam,
    config.customRules,
    Object.keys(defaultTierTable).map(tier =>
      requirements(tier === 'none' ? undefined : (tier as Tier)),
    ),
  ]);
}
