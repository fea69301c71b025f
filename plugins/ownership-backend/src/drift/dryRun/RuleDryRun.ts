import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  configureRules,
  readCustomRules,
  readRuleChange,
  RuleConfigurationError,
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

/**
 * Tries a change of the rules on the catalogue as it is now: judges every
 * component by the rules as they are and as they would be, with the code of the
 * scan, and counts the difference. Writes nothing. Memory holds the
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
      return await this.#compare({ ...options, proposed: proposed.rules });
    } finally {
      this.#busy = false;
    }
  }

  #configure(
    change: RuleChange,
  ): { rules: ConfiguredRule[] } | { problems: Answer['problems'] } {
    const written = readRuleChange(change);
    if (written.problems.length > 0) {
      return { problems: written.problems };
    }
    const { rules: builtIn, config } = this.#options;
    const { prefix, locate } = written;
    const taken = builtIn.map(({ id }) => id);
    try {
      // What was pasted first and alone, so that what is wrong with it is told
      // at its place there.
      readCustomRules({
        rules: written.customRules,
        taken,
        path: `${prefix}customRules`,
      });
      const { settings, custom } = changedSettings({
        configured: config,
        written,
        replace: change.replace ?? false,
      });
      const rules = [...builtIn, ...readCustomRules({ rules: custom, taken })];
      configureRules({
        rules,
        settings: written.rules,
        path: `${prefix}rules`,
      });
      return { rules: configureRules({ rules, settings }) };
    } catch (error) {
      if (error instanceof RuleConfigurationError) {
        return { problems: error.problems.slice(0, 50).map(locate) };
      }
      throw error;
    }
  }

  async #compare(options: {
    proposed: ConfiguredRule[];
    visible: VisibleRefs;
    signal: AbortSignal;
  }): Promise<Answer> {
    const { visible, signal } = options;
    const { database: knex, catalog, auth, logger, config } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    const now = this.#options.now();
    const current = sharePredicates(this.#options.configured);
    const proposed = sharePredicates(options.proposed);
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
      requirements: this.#options.requirements,
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
      const judge = (rules: ConfiguredRule[]) =>
        judgeComponents({
          page: seen,
          context: { ...shared, rules },
          isWaived: (ref, id) => waived.get(ref)?.has(id) ?? false,
          onError: (ref, error) =>
            logger.warn(`${ref} could not be judged in a dry run: ${error}`),
        });
      tally.add({
        before: await judge(current),
        after: await judge(proposed),
        stored,
      });
      signal.throwIfAborted();
    }
    return { problems: [], outcome: tally.outcome() };
  }
}
