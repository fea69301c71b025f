import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import type { Organisation } from '../../directory/readOrganisation';
import { glance } from './glance';
import type { ScanWorld } from './part/ScanWorld';
import type { Reports } from './readReports';
import { recallVerdicts, type RecalledVerdict } from './recallVerdicts';
import type { ScanFence } from './ScanFence';
import type { StreamedComponent } from './streamComponents';
import { VerdictMemory } from './VerdictMemory';

/** What stands of the last scan, and what of the catalog changed since. */
export interface Recalled {
  organisation: Organisation;
  same: RecalledVerdict[];
  /** Marks only. */
  rest: StreamedComponent[];
  /** By which answers of people the suggestions for orphans stand; absent where they do not. */
  suggestedBy?: string;
}

/** What this process knows of the last scan, where it ran that itself. */
export class LastScan {
  readonly verdicts = new VerdictMemory();
  /** As the scan saw it that the verdicts are of. */
  #organisation?: Organisation;
  #reportsVersion?: string;
  #suggestedBy?: string;

  /**
   * What stands of it, as far as the marks of the catalog tell; `undefined`
   * where everything has to be read and judged.
   */
  async recall(options: {
    knex: Knex;
    catalog: CatalogService;
    credentials: BackstageCredentials;
    /** In lower case. */
    kinds: ReadonlySet<string>;
    now: Date;
    lastScanId: string | undefined;
    reports: Reports;
    fence: ScanFence;
    signal: AbortSignal;
  }): Promise<Recalled | undefined> {
    const { knex, now, lastScanId, reports, fence } = options;
    const organisation = this.#organisation;
    if (
      !organisation ||
      this.#reportsVersion !== reports.version ||
      !this.verdicts.mayRecall({ lastScanId, now })
    ) {
      return undefined;
    }
    const recalled: Recalled = {
      ...{ organisation, same: [], rest: [] },
      suggestedBy: this.#suggestedBy,
    };
    const context = { ...reports, now };
    const isSame = await glance({
      ...options,
      organisation,
      onComponents: async page => {
        const { same, rest } = await recallVerdicts({
          ...{ knex, memory: this.verdicts, page, context },
        });
        recalled.same.push(...same);
        recalled.rest.push(...rest);
        await fence.beat();
      },
    });
    return isSame ? recalled : undefined;
  }

  /**
   * A scan is done, with whatever follows from it: what it remembered is true.
   *
   * @param options - `suggestedBy`: the version of people's answers by which
   * the suggestions for orphans would be made again as they are
   */
  complete(options: {
    scanId: string;
    world: ScanWorld;
    suggestedBy: string | undefined;
  }): void {
    const { scanId, world, suggestedBy } = options;
    this.verdicts.complete(scanId);
    this.#suggestedBy = suggestedBy;
    this.#organisation = world.organisation;
    this.#reportsVersion = world.reportsVersion;
  }
}
