import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  configureRules,
  readCustomRules,
  readRuleChange,
  readTiers,
  RuleConfigurationError,
  tierRequirements,
  type ConfiguredRule,
  type DriftRule,
  type RuleChange,
  type RuleDryRun as Answer,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { VisibleRefs } from '../../api/Visibility';
import { MissingPrincipals } from '../../directory/MissingPrincipals';
import { readOrganisation } from '../../directory/readOrganisation';
import { readMissing } from '../../directory/store/readMissing';
import type { DriftConfig } from '../DriftConfig';
import { judgeComponents } from '../scan/judgeComponents';
import { predicateFields } from '../scan/predicateFields';
import { readNeighbours } from '../scan/readNeighbours';
import type { ReportSources } from '../scan/readReports';
import { sharePredicates } from '../scan/sharePredicates';
import { streamComponents } from '../scan/streamComponents';
import { waivedRules } from '../scan/waivedRules';
import { readStoredFindings } from '../store/readStoredFindings';
import { changedSettings } from './changedSettings';
import { DryRunTally } from './DryRunTally';

export interface RuleDryRunOptions extends ReportSources {
  database: Knex;
  catalog: CatalogService;
  auth: AuthService;
  logger: LoggerService;
  config: DriftConfig;
  /** Rules that are built in or came from modules. */
  rules: readonly DriftRule[];
  /** All rules as configured. */
  configured: readonly ConfiguredRule[];
  now: () => Date;
}

/** What components are judged by, as it would be. */
interface Proposal {
  rules: ConfiguredRule[];
  requirements: ReportSources['requirements'];
}

/**
 * Tries a change of the rules, and of what tiers ask for, on the catalogue as it
 * is now: judges every component by what is configured and by what would be,
 * with the code of the scan, and counts the difference. Writes nothing. Memory holds the
 * organisation and one page of components.
 */
export class RuleDryRun {
  readonly #options: RuleDryRunOptions;
  #busy = false;

  constructor(options: RuleDryRunOptions) {
    this.#options = options;
  }

  /**
   * @param options.visible - others are counted as hidden and not told of
   * @throws ConflictError while another one runs in this process; whatever the
   *   catalog throws; the signal's reason
   */
  async run(options: {
    change: RuleChange;
    visible: VisibleRefs;
    signal: AbortSignal;
  }): Promise<Answer> {
    const proposed = this.#configure(options.change);
    if ('problems' in proposed) {
      return proposed;
    }
    if (this.#busy) {
      throw new ConflictError(
        'Another change of rules is being tried just now; try again in a minute',
      );
    }
    this.#busy = true;
    try {
      return await this.#compare({ ...options, proposed });
    } finally {
      this.#busy = false;
    }
  }

  #configure(change: RuleChange): Proposal | { problems: Answer['problems'] } {
    const written = readRuleChange(change);
    if (written.problems.length > 0) {
      return { problems: written.problems };
    }
    const { rules: builtIn, config } = this.#options;
    const { prefix, tiersPath, locate } = written;
    const taken = builtIn.map(({ id }) => id);
    try {
      // What was pasted first and alone, so that what is wrong with it is told
      // at its place there.
      readCustomRules({
        rules: written.customRules,
        taken,
        path: `${prefix}customRules`,
      });
      const asked = readTiers({ tiers: written.tiers, path: tiersPath });
      if (asked.problems.length > 0) {
        throw new RuleConfigurationError(asked.problems);
      }
      const settings = changedSettings({
        configured: {
          ...config,
          tiers: readTiers({ tiers: config.tiers }).overrides,
        },
        written: {
          ...written,
          tiers: written.tiers === undefined ? undefined : asked.overrides,
        },
        replace: change.replace ?? false,
      });
      const rules = [
        ...builtIn,
        ...readCustomRules({ rules: settings.customRules, taken }),
      ];
      configureRules({
        rules,
        settings: written.rules,
        path: `${prefix}rules`,
      });
      return {
        rules: configureRules({ rules, settings: settings.rules }),
        requirements: tier =>
          tierRequirements({ tier, overrides: settings.tiers }),
      };
    } catch (error) {
      if (error instanceof RuleConfigurationError) {
        return { problems: error.problems.slice(0, 50).map(locate) };
      }
      throw error;
    }
  }

  async #compare(options: {
    proposed: Proposal;
    visible: VisibleRefs;
    signal: AbortSignal;
  }): Promise<Answer> {
    const { visible, signal } = options;
    const { database: knex, catalog, auth, logger, config } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    const now = this.#options.now();
    const current = sharePredicates(this.#options.configured);
    const proposed = sharePredicates(options.proposed.rules);
    const organisation = await readOrganisation({
      catalog,
      credentials,
      signal,
      aliases: await this.#options.aliases?.(),
    });
    const shared = {
      now,
      organisation,
      missing: new MissingPrincipals({
        stored: await readMissing({ knex }),
        former: new Map(),
        directory: organisation.directory,
        now,
      }),
      graceMs: config.graceMs,
      attestations: await this.#options.latestAttestations(),
      sloStatuses: await this.#options.sloStatuses(),
      costValues: await this.#options.costValues?.(),
      handovers: await this.#options.openHandovers?.(),
      runbookChecks: await this.#options.runbookChecks?.(),
      unavailable: {},
      ...(await readNeighbours({ knex, rules: [...current, ...proposed] })),
    };
    const tally = new DryRunTally({ current, proposed });
    const fields = [...current, ...proposed].flatMap(
      ({ appliesTo, reads = [] }) => [...predicateFields(appliesTo), ...reads],
    );
    for await (const page of streamComponents({
      catalog,
      credentials,
      kinds: config.kinds,
      moreFields: [...new Set(fields)],
      onApi: () => {},
      signal,
    })) {
      const seen = page.filter(
        ({ entityRef }) => visible === 'all' || visible.has(entityRef),
      );
      tally.hide(page.length - seen.length);
      const stored = await readStoredFindings({
        knex,
        entityRefs: seen.map(({ entityRef }) => entityRef),
      });
      const waived = waivedRules(stored, now);
      const judge = (by: Proposal) =>
        judgeComponents({
          page: seen,
          context: { ...shared, ...by },
          isWaived: (ref, id) => waived.get(ref)?.has(id) ?? false,
          onError: (ref, error) =>
            logger.warn(`${ref} could not be judged in a dry run: ${error}`),
        });
      tally.add({
        before: await judge({
          rules: current,
          requirements: this.#options.requirements,
        }),
        after: await judge({ ...options.proposed, rules: proposed }),
        stored,
      });
      signal.throwIfAborted();
    }
    return { problems: [], outcome: tally.outcome() };
  }
}
