import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import {
  configureScorecards,
  type ConfiguredScorecard,
  type ScorecardConfigurationProblem,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import {
  keepInvalidConfig,
  keepValidConfig,
  readSeenConfigs,
} from './lastValidConfig';

/**
 * The scorecards of this moment. Follows app-config while the backend runs.
 *
 * Law: a configuration that is not valid changes nothing. The last valid one
 * stays in use, over restarts too; where there never was one, the defaults.
 */
export class ScorecardCatalogue {
  /** Always the same list; its contents change with the configuration. */
  readonly scorecards: ConfiguredScorecard[] = [];
  readonly #config: Config;
  readonly #knex: Knex;
  readonly #logger: LoggerService;
  readonly #rules: Iterable<{ id: string; enabled?: boolean }>;
  readonly #now: () => Date;
  #reading: Promise<void> = Promise.resolve();
  #seen: string | undefined;
  #problem: ScorecardConfigurationProblem | undefined;

  constructor(options: {
    config: Config;
    knex: Knex;
    logger: LoggerService;
    /** The rule catalogue. */
    rules: Iterable<{ id: string; enabled?: boolean }>;
    now: () => Date;
  }) {
    this.#config = options.config;
    this.#knex = options.knex;
    this.#logger = options.logger;
    this.#rules = options.rules;
    this.#now = options.now;
    this.#use(undefined);
  }

  /** What is wrong with the configuration, if anything. */
  get problem(): ScorecardConfigurationProblem | undefined {
    return this.#problem;
  }

  /** Reads the configuration, now and whenever it changes. */
  async start(): Promise<void> {
    await this.read();
    // Only a configuration that comes from files can change.
    (this.#config as { subscribe?: Subscribe }).subscribe?.(() => {
      this.read().catch(error =>
        this.#logger.error(
          `The scorecards could not be read anew and stay as they are: ${error}`,
        ),
      );
    });
  }

  /** Reads the configuration anew, one change after the other. */
  async read(): Promise<void> {
    const reading = this.#reading.then(() => this.#readNow());
    this.#reading = reading.catch(() => {});
    return reading;
  }

  async #readNow(): Promise<void> {
    const config = this.#config.getOptional('ownership.scorecards');
    const text = JSON.stringify(config ?? null);
    if (text === this.#seen) {
      return;
    }
    const isFirst = this.#seen === undefined;
    this.#seen = text;
    const message = this.#use(config);
    if (message === undefined) {
      this.#problem = undefined;
      await keepValidConfig(this.#knex, {
        config: text,
        since: this.#now().toISOString(),
      });
      return;
    }

    const { lastValid, invalid } = await readSeenConfigs(this.#knex);
    const isOld = invalid?.config === text;
    const since = isOld ? invalid.since : this.#now().toISOString();
    if (!isOld) {
      await keepInvalidConfig(this.#knex, { config: text, since });
    }
    if (isFirst) {
      const usable =
        lastValid && this.#use(JSON.parse(lastValid.config)) === undefined;
      this.#problem = {
        message,
        since,
        inUse: usable ? 'last-valid' : 'defaults',
      };
    } else {
      this.#problem = {
        message,
        since,
        inUse: this.#problem?.inUse ?? 'last-valid',
      };
    }
    this.#logger.error(
      `The scorecards of app-config are not used, ${
        this.#problem.inUse === 'defaults'
          ? 'the built-in ones are'
          : 'the last valid ones are'
      }: ${message}`,
    );
  }

  /** @returns why a configuration cannot be used; then nothing changed */
  #use(config: unknown): string | undefined {
    try {
      const next = configureScorecards({
        config: config ?? undefined,
        rules: this.#rules,
      });
      this.scorecards.splice(0, this.scorecards.length, ...next);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}

type Subscribe = (onChange: () => void) => { unsubscribe(): void };
