import { DAYS, dayText, momentOf } from './exampleHistory';

/** Where a component of the improving domain stands today. */
export interface Climber {
  scorecard_id: string;
  entity_ref: string;
  bucket: string;
  /** In ten-thousandths. */
  score_order: number;
  /** JSON array, as findings keep it. */
  owners: string;
  /** A runbook that was tried: its title, and the first area it covers. */
  runbook?: { title: string; area: string };
}

/** A row of the table `scorecard_changes`. */
export interface ClimbRow {
  scorecard_id: string;
  entity_ref: string;
  day: string;
  from_bucket: string;
  bucket: string;
  from_score: number;
  score: number;
  flips: string;
}

/** A row of the table `findings`, closed. */
export interface RepairRow {
  id: string;
  rule_id: string;
  entity_ref: string;
  owners: string;
  severity: string;
  severity_rank: number;
  state: 'closed';
  message: string;
  remediation: string;
  evidence: string;
  first_seen_at: string;
  last_seen_at: string;
  closed_at: string;
  closed_reason: 'passed';
}

/** A step up the ladder, and the finding whose repair it was. */
export interface Climb {
  change: ClimbRow;
  repair: RepairRow;
}

/**
 * The steps by which components of the improving domain came to where they
 * stand: first to the middle of the ladder by covering what runbooks have to
 * cover, in the last weeks to its top by trying them.
 */
export function exampleClimbs(options: {
  climbers: Climber[];
  now: Date;
}): Climb[] {
  const { climbers, now } = options;
  return climbers
    .filter(({ bucket, runbook }) => bucket === 'advanced' && runbook)
    .flatMap((climber, index) => {
      const { title, area } = climber.runbook!;
      return [
        climb(climber, now, {
          daysAgo: 80 - ((index * 7) % 45),
          rule: 'runbook-coverage',
          severity: ['medium', 2],
          message: `No runbook covers ${area}`,
          remediation: `Cover ${area} under runbooks in the contract.`,
          from: ['beginner', 5000],
          to: ['intermediate', 7000],
        }),
        climb(climber, now, {
          daysAgo: 28 - ((index * 5) % 25),
          rule: 'runbook-undrilled',
          severity: ['low', 3],
          message: `The runbook “${title}” was never tried`,
          remediation: `Follow “${title}” once and set drilledAt in the contract.`,
          from: ['intermediate', 7000],
          to: ['advanced', climber.score_order],
        }),
      ];
    });
}

function climb(
  climber: Climber,
  now: Date,
  step: {
    daysAgo: number;
    rule: string;
    severity: [name: string, rank: number];
    message: string;
    remediation: string;
    from: [bucket: string, score: number];
    to: [bucket: string, score: number];
  },
): Climb {
  const { scorecard_id, entity_ref, owners } = climber;
  const at = momentOf({ now, daysAgo: step.daysAgo });
  return {
    change: {
      scorecard_id,
      entity_ref,
      day: dayText(at),
      from_bucket: step.from[0],
      bucket: step.to[0],
      from_score: step.from[1],
      score: step.to[1],
      flips: JSON.stringify({ [step.rule]: 'fp' }),
    },
    repair: {
      id: [step.rule, ...entity_ref.split(/[:/]/)].join('~'),
      rule_id: step.rule,
      entity_ref,
      owners,
      severity: step.severity[0],
      severity_rank: step.severity[1],
      state: 'closed',
      message: step.message,
      remediation: step.remediation,
      evidence: '[]',
      first_seen_at: momentOf({ now, daysAgo: DAYS }),
      last_seen_at: at,
      closed_at: at,
      closed_reason: 'passed',
    },
  };
}
