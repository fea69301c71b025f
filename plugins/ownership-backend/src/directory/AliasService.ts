import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  describeAlias,
  findAliasCycle,
  normalizeRef,
  readPrincipalRef,
  suggestSuccessors,
  type AliasSuggestions,
  type DirectoryAlias,
  type DirectoryAliasRequest,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { VisibleRefs } from '../api/Visibility';
import { columnText } from '../drift/store/columnText';
import { readLastCompletedScan } from '../drift/store/readLastCompletedScan';
import { countRenamed } from './store/countRenamed';
import { readAliasRows } from './store/readAliasRows';
import { readExistingPrincipals } from './store/readExistingPrincipals';
import { readOrphanSuggestions } from './store/readOrphanSuggestions';
import { deleteAlias, writeAlias } from './store/writeAlias';

/** Enough to tell who answers for most of them. */
const MOST_ORPHANS = 500;

type Alias = Pick<
  DirectoryAlias,
  'from' | 'to' | 'source' | 'comment' | 'createdBy' | 'createdAt'
>;

/**
 * The aliases of groups and users: those of the configuration, which nobody
 * changes here, and those made in the portal.
 */
export class AliasService {
  readonly #knex: Knex;
  readonly #configured: ReadonlyMap<string, string>;
  readonly #reported: boolean;
  readonly #now: () => Date;
  /** Since when, at the latest, scans know what is configured. */
  readonly #configuredAt: string;

  constructor(options: {
    knex: Knex;
    /** Canonical refs. */
    configured: ReadonlyMap<string, string>;
    /** Whether a rule tells of every component that still says an old ref. */
    reported: boolean;
    now: () => Date;
  }) {
    this.#knex = options.knex;
    this.#configured = options.configured;
    this.#reported = options.reported;
    this.#now = options.now;
    this.#configuredAt = options.now().toISOString();
  }

  /** New refs by old refs, as a scan resolves them. */
  async table(): Promise<Map<string, string>> {
    return new Map((await this.#all()).map(({ from, to }) => [from, to]));
  }

  /** All aliases with what they do, by old ref. */
  async list(options: {
    visible: VisibleRefs;
  }): Promise<{ items: DirectoryAlias[] }> {
    const aliases = await this.#all();
    return { items: await this.#describe(aliases, options) };
  }

  /**
   * What an old ref could stand for, by what the last scan suggests for the
   * components it orphans.
   *
   * @throws InputError for a ref of nobody
   */
  async suggest(options: {
    from: string;
    visible: VisibleRefs;
  }): Promise<AliasSuggestions> {
    const { suggestions, all } = await readOrphanSuggestions({
      knex: this.#knex,
      ownerRef: principalRef(options.from, 'from'),
      visible: options.visible,
      limit: MOST_ORPHANS,
    });
    return {
      items: suggestSuccessors({ suggestions }),
      orphans: suggestions.length,
      allOrphans: all,
    };
  }

  /**
   * Makes an alias, or changes where one leads.
   *
   * @throws InputError for refs of nobody, a new ref that is not in the catalog
   *   and a way in circles; ConflictError for one of the configuration
   */
  async put(options: {
    request: DirectoryAliasRequest;
    by: string;
    visible: VisibleRefs;
  }): Promise<DirectoryAlias> {
    const { request, by, visible } = options;
    const from = principalRef(request.from, 'from');
    const to = principalRef(request.to, 'to');
    if (this.#configured.has(from)) {
      throw new ConflictError(
        `${from} has an alias in app-config, at ownership.directory.aliases: change it there`,
      );
    }
    const others = (await this.#all()).filter(alias => alias.from !== from);
    const created: Alias = {
      from,
      to,
      source: 'portal',
      comment: request.comment,
      createdBy: by,
      createdAt: this.#now().toISOString(),
    };
    const aliases = [...others, created];
    const cycle = findAliasCycle(
      new Map(aliases.map(one => [one.from, one.to])),
    );
    if (cycle) {
      throw new InputError(`to: ${cycle.join(' → ')} leads back to itself`);
    }
    const described = (await this.#describe(aliases, { visible })).find(
      alias => alias.from === from,
    )!;
    if (described.status === 'dangling') {
      throw new InputError(
        `${to} is not in the catalog, as far as the last scan saw it: name a group or user that is there`,
      );
    }
    await writeAlias({
      knex: this.#knex,
      row: {
        from_ref: from,
        to_ref: to,
        comment: request.comment ? columnText(request.comment, 2000) : null,
        created_by: columnText(by, 300),
        created_at: created.createdAt!,
      },
    });
    return described;
  }

  /** @throws NotFoundError, and ConflictError for one of the configuration */
  async delete(options: { from: string }): Promise<void> {
    // Also one that nobody could make any more.
    const from = normalizeRef(options.from, { kind: 'group' }) ?? '';
    if (this.#configured.has(from)) {
      throw new ConflictError(
        `The alias of ${from} stands in app-config, at ownership.directory.aliases: remove it there`,
      );
    }
    if (!(await deleteAlias({ knex: this.#knex, from }))) {
      throw new NotFoundError(
        `There is no alias of ${from || options.from.slice(0, 300)}`,
      );
    }
  }

  /** The configuration wins: what it says, nobody changes in the portal. */
  async #all(): Promise<Alias[]> {
    const rows = await readAliasRows({ knex: this.#knex });
    const configured: Alias[] = [...this.#configured].map(([from, to]) => ({
      from,
      to,
      source: 'configuration',
    }));
    const made = rows
      .filter(({ from_ref }) => !this.#configured.has(from_ref))
      .map(
        (row): Alias => ({
          from: row.from_ref,
          to: row.to_ref,
          source: 'portal',
          comment: row.comment ?? undefined,
          createdBy: row.created_by,
          createdAt: row.created_at,
        }),
      );
    return [...configured, ...made].sort((a, b) => (a.from < b.from ? -1 : 1));
  }

  async #describe(
    list: Alias[],
    { visible }: { visible: VisibleRefs },
  ): Promise<DirectoryAlias[]> {
    if (list.length === 0) {
      return [];
    }
    const knex = this.#knex;
    const existing = await readExistingPrincipals({
      knex,
      refs: [...new Set(list.flatMap(({ from, to }) => [from, to]))],
    });
    const aliases = new Map(list.map(({ from, to }) => [from, to]));
    const described = list.map(alias => ({
      ...alias,
      ...describeAlias({
        from: alias.from,
        aliases,
        exists: ref => existing.has(ref),
      }),
    }));
    const isInForce = ({ status }: (typeof described)[number]) =>
      status === 'in-force';
    const refs = {
      inForce: described.filter(isInForce).map(({ from }) => from),
      others: described
        .filter(alias => !isInForce(alias))
        .map(({ from }) => from),
    };
    const shown = await countRenamed({ knex, ...refs, visible });
    const all =
      visible === 'all'
        ? shown
        : await countRenamed({ knex, ...refs, visible: 'all' });
    const scan = await readLastCompletedScan({ knex });
    const scannedAt = this.#reported ? scan?.started_at ?? '' : '';
    const passed = new Set(list.map(({ to }) => to));
    return described.map(alias => {
      const { from, createdAt = this.#configuredAt } = alias;
      return {
        ...alias,
        components: shown.get(from) ?? 0,
        unused:
          isInForce(alias) &&
          scannedAt > createdAt &&
          !passed.has(from) &&
          all.get(from) === 0,
      };
    });
  }
}

function principalRef(written: string, field: string): string {
  const ref = readPrincipalRef(written);
  if (!ref) {
    throw new InputError(
      `${field}: expected the ref of a group or a user, such as group:default/kestrel`,
    );
  }
  return ref;
}
