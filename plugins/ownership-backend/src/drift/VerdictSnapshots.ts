import { createHash } from 'node:crypto';
import type { VerdictSnapshot } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { VisibleRefs } from '../api/Visibility';
import { readLastScans } from './store/readLastScans';
import { readUnownedComponents } from './store/readUnownedComponents';

interface TaggedSnapshot {
  snapshot: VerdictSnapshot;
  /** Changes exactly when the refs do. */
  etag: string;
}

/**
 * Hands out the verdicts for the catalog processor. Read from the database
 * once per scan: asking again costs one small statement.
 */
export class VerdictSnapshots {
  readonly #knex: Knex;
  #cached?: { scanId: string | undefined; tagged: TaggedSnapshot };

  constructor(options: { database: Knex }) {
    this.#knex = options.database;
  }

  /** What of the snapshot the caller may see. */
  async get(options: { visible: VisibleRefs }): Promise<TaggedSnapshot> {
    const { visible } = options;
    const tagged = await this.#everything();
    if (visible === 'all') {
      return tagged;
    }
    const { refs, scannedAt } = tagged.snapshot;
    const seen = (all: string[]) => all.filter(ref => visible.has(ref));
    return tag({
      scannedAt,
      refs: {
        'at-risk': seen(refs['at-risk']),
        orphaned: seen(refs.orphaned),
        unknown: seen(refs.unknown),
      },
    });
  }

  async #everything(): Promise<TaggedSnapshot> {
    const { finished, completed } = await readLastScans({ knex: this.#knex });
    if (!this.#cached || this.#cached.scanId !== finished?.id) {
      this.#cached = {
        scanId: finished?.id,
        tagged: tag({
          scannedAt: completed?.started_at,
          refs: await readUnownedComponents({ knex: this.#knex }),
        }),
      };
    }
    return this.#cached.tagged;
  }
}

function tag(snapshot: VerdictSnapshot): TaggedSnapshot {
  // Before the first scan nothing is known, which is not the same as nothing
  // being wrong.
  const content = [snapshot.scannedAt !== undefined, snapshot.refs];
  const hash = createHash('sha256').update(JSON.stringify(content));
  // Weak: `scannedAt` may differ where the refs do not.
  return { snapshot, etag: `W/"${hash.digest('base64url').slice(0, 27)}"` };
}
