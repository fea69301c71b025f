import { createHash } from 'node:crypto';
import type { VerdictSnapshot } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { VisibleRefs } from '../api/Visibility';
import { readLastScans } from './store/readLastScans';
import { readUnownedComponents } from './store/readUnownedComponents';

interface TaggedSnapshot {
  snapshot: VerdictSnapshot;
  /** Changes with every complete scan and with the refs. */
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
  // The time belongs to it: an entity that is new since an earlier scan is
  // judged only once the processor has heard of a later one.
  const content = [snapshot.scannedAt, snapshot.refs];
  const hash = createHash('sha256').update(JSON.stringify(content));
  return { snapshot, etag: `"${hash.digest('base64url').slice(0, 27)}"` };
}
