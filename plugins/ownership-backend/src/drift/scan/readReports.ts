import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  Attestation,
  ConfiguredRule,
  CostValue,
  EffectiveContract,
  HandoverFact,
  RunbookCheck,
  SloStatus,
  TierRequirements,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { JudgementContext } from './judgeComponents';
import { readNeighbours } from './readNeighbours';

/** Whoever knows what people, SLI sources and bills say of components. */
export interface ReportSources {
  /** The last statement of each component's owner that the contract is right. */
  latestAttestations(): Promise<ReadonlyMap<string, Attestation>>;
  /** What the SLI store says, by component. */
  sloStatuses(): Promise<ReadonlyMap<string, SloStatus[]>>;
  /** Costs by component; `undefined` where none were ever pushed. */
  costValues?(): Promise<ReadonlyMap<string, CostValue[]> | undefined>;
  /** Whether runbooks can be opened, by component and address; `undefined` where nobody looks. */
  runbookChecks?(): Promise<
    ReadonlyMap<string, ReadonlyMap<string, RunbookCheck>> | undefined
  >;
  /** Open handovers by component. */
  openHandovers?(): Promise<ReadonlyMap<string, HandoverFact>>;
  /** New refs of groups and users by old ones. */
  aliases?(): Promise<ReadonlyMap<string, string>>;
  /** What a tier asks for, as configured. */
  requirements(tier: EffectiveContract['tier']): TierRequirements;
}

/** What verdicts are made of beside the catalog. */
export type Reports = Pick<
  JudgementContext,
  | 'attestations'
  | 'sloStatuses'
  | 'costValues'
  | 'handovers'
  | 'runbookChecks'
  | 'statesOf'
  | 'ownerLoads'
  | 'unavailable'
> & {
  /** New refs of groups and users by old ones. */
  aliases?: ReadonlyMap<string, string>;
  /** Changes with what holds for all components alike. */
  version: string;
};

/** What people and SLI sources say of components. */
export async function readReports(options: {
  knex: Knex;
  logger: LoggerService;
  rules: readonly ConfiguredRule[];
  sources: ReportSources;
}): Promise<Reports> {
  const { knex, logger, rules, sources } = options;
  const attestations = await sources.latestAttestations();
  const costValues = await sources.costValues?.();
  const runbookChecks = await sources.runbookChecks?.();
  const neighbours = await readNeighbours({ knex, rules });
  const aliases = await sources.aliases?.();
  return {
    ...neighbours,
    attestations,
    costValues,
    handovers: await sources.openHandovers?.(),
    runbookChecks,
    ...(await readSloStatuses({ logger, sources })),
    aliases,
    version: JSON.stringify([
      neighbours.version,
      costValues !== undefined,
      runbookChecks !== undefined,
      [...(aliases ?? [])],
    ]),
  };
}

async function readSloStatuses(options: {
  logger: LoggerService;
  sources: ReportSources;
}): Promise<Pick<Reports, 'sloStatuses' | 'unavailable'>> {
  try {
    return {
      sloStatuses: await options.sources.sloStatuses(),
      unavailable: {},
    };
  } catch (error) {
    options.logger.warn(
      `The drift scan goes on without SLO statuses: ${error}`,
    );
    return {
      sloStatuses: new Map<string, SloStatus[]>(),
      unavailable: { slo: 'The SLI store could not be read' },
    };
  }
}
