import { randomUUID } from 'node:crypto';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type {
  DriftView,
  DriftViewChange,
  DriftViewRequest,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { deleteView } from './store/deleteView';
import type { DriftViewRow, ViewContent } from './store/DriftViewRow';
import { listViews } from './store/listViews';
import { setDefaultView } from './store/setDefaultView';
import { writeView } from './store/writeView';

/** Who asks. */
export interface ViewCaller {
  /** A user's ref, or `service:…`. */
  caller: string;
  /** Whether they may share views and change those that are shared. */
  mayShare: boolean;
}

/**
 * Named filters over the findings: everybody keeps their own, and who may run
 * scans shares some with all.
 */
export class DriftViews {
  readonly #knex: Knex;
  readonly #now: () => Date;

  constructor(options: { knex: Knex; now: () => Date }) {
    this.#knex = options.knex;
    this.#now = options.now;
  }

  async list(caller: ViewCaller): Promise<DriftView[]> {
    const rows = await listViews({ knex: this.#knex, caller: caller.caller });
    return rows
      .map(row => toView(row, caller))
      .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  }

  /**
   * @throws NotAllowedError where the caller may not share
   * @throws ConflictError for a second one of a name, or too many
   */
  async create(
    request: DriftViewRequest,
    caller: ViewCaller,
  ): Promise<DriftView> {
    const { name, filter, orderBy, groupBy, shared = false } = request;
    if (shared && !caller.mayShare) {
      throw mayNotShare();
    }
    const now = this.#now().toISOString();
    const row: DriftViewRow = {
      id: randomUUID(),
      owner_ref: caller.caller,
      name,
      shared,
      content: JSON.stringify({ filter, orderBy, groupBy }),
      created_at: now,
      updated_at: now,
    };
    await writeView({ knex: this.#knex, row, isNew: true });
    return this.#afterwards(row.id, request.isDefault, caller);
  }

  /**
   * @throws NotFoundError for one the caller does not see
   * @throws NotAllowedError for one that is not theirs to change or to share
   */
  async change(
    id: string,
    change: DriftViewChange,
    caller: ViewCaller,
  ): Promise<DriftView> {
    const { isDefault, ...rest } = change;
    const { is_default: _, ...before } = await this.#find(id, caller);
    if (Object.values(rest).some(part => part !== undefined)) {
      if (!mayChange(before, caller)) {
        throw new NotAllowedError('This view is for its owner to change');
      }
      if (change.shared && !before.shared && !caller.mayShare) {
        throw mayNotShare();
      }
      const { filter, orderBy, groupBy } = change;
      await writeView({
        knex: this.#knex,
        row: {
          ...before,
          name: change.name ?? before.name,
          shared: change.shared ?? Boolean(before.shared),
          content: filter
            ? JSON.stringify({ filter, orderBy, groupBy })
            : before.content,
          updated_at: this.#now().toISOString(),
        },
        isNew: false,
      });
    }
    return this.#afterwards(id, isDefault, caller);
  }

  /**
   * @throws NotFoundError for one the caller does not see
   * @throws NotAllowedError for one that is not theirs to delete
   */
  async delete(id: string, caller: ViewCaller): Promise<void> {
    const row = await this.#find(id, caller);
    if (!mayChange(row, caller)) {
      throw new NotAllowedError('This view is for its owner to delete');
    }
    await deleteView({ knex: this.#knex, id: row.id });
  }

  async #afterwards(
    id: string,
    isDefault: boolean | undefined,
    caller: ViewCaller,
  ): Promise<DriftView> {
    if (isDefault !== undefined) {
      await setDefaultView({
        knex: this.#knex,
        caller: caller.caller,
        id,
        isDefault,
      });
    }
    return toView(await this.#find(id, caller), caller);
  }

  async #find(id: string, { caller }: ViewCaller) {
    const rows = await listViews({ knex: this.#knex, caller, id });
    if (rows.length === 0) {
      throw new NotFoundError(`There is no view ${id.slice(0, 100)} of yours`);
    }
    return rows[0];
  }
}

function mayChange(row: DriftViewRow, { caller, mayShare }: ViewCaller) {
  return row.owner_ref === caller || (Boolean(row.shared) && mayShare);
}

function mayNotShare() {
  return new NotAllowedError(
    'Views are shared by who may run scans (permission ownership.scan.run)',
  );
}

function toView(
  row: DriftViewRow & { is_default: boolean },
  caller: ViewCaller,
): DriftView {
  return {
    id: row.id,
    name: row.name,
    owner: row.owner_ref,
    shared: Boolean(row.shared),
    isDefault: row.is_default,
    mayChange: mayChange(row, caller),
    ...(JSON.parse(row.content) as ViewContent),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
