import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { RELATION_HAS_MEMBER } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Knex } from 'knex';
import {
  DIGEST_ANNOTATION,
  readCadence,
} from '../../drift/digest/DigestCadence';
import { inParallel } from '../../drift/scan/inParallel';
import { inSlices } from '../../drift/store/inSlices';
import { claimWeek, settleWeek } from './claimWeek';
import { digestLead, digestSections, digestTitle } from './digestSections';
import { weekToSend, type WeeklyCadence } from './WeeklyCadence';
import { isQuiet, type WeeklyDigests } from './WeeklyDigests';

/** Lines of a message; the rest is a click away. */
const LINES = 8;

/**
 * Sends every team and every leader the digest of the week through Backstage
 * Notifications, once over all replicas and restarts. A later one takes the
 * place of the one before.
 *
 * It goes to the people directly in a group, not to those in the groups below
 * it: they get that of their own group.
 */
export class WeeklySender {
  readonly #options: {
    knex: Knex;
    digests: WeeklyDigests;
    cadence: WeeklyCadence | undefined;
    notifications?: NotificationService;
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
    now: () => Date;
  };

  constructor(options: {
    knex: Knex;
    digests: WeeklyDigests;
    /** Absent where weekly digests are switched off. */
    cadence: WeeklyCadence | undefined;
    /** Absent where notifications are switched off. */
    notifications?: NotificationService;
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
    now: () => Date;
  }) {
    this.#options = options;
  }

  /** Sends what is due now. What cannot be sent is tried again next time. */
  async send(): Promise<void> {
    const { knex, cadence, notifications, now } = this.#options;
    const week = cadence && weekToSend(cadence, now());
    if (!week || !notifications || !(await this.#hasWeekBehind())) {
      return;
    }
    const teams = await this.#teams(week);
    for (const slice of inSlices(teams)) {
      const members = await this.#members(slice);
      await inParallel([...members], 3, ([team, users]) =>
        this.#tell({ notifications, team, users, week }),
      );
    }
    // Far longer than a week can be claimed.
    await knex('weekly_digests')
      .where('claimed_at', '<', before(now(), 60))
      .delete();
  }

  /** A first week has nothing to be compared with. */
  async #hasWeekBehind(): Promise<boolean> {
    const { knex, now } = this.#options;
    const first = await knex('scans')
      .where('state', 'completed')
      .where('finished_at', '<', before(now(), 6))
      .first('id');
    return first !== undefined;
  }

  /** Groups that answer for something, themselves or below, and were not told yet. */
  async #teams(week: string): Promise<string[]> {
    const { knex } = this.#options;
    return knex('directory_closure as d')
      .join('component_owners as o', 'o.owner_ref', 'd.descendant_ref')
      .whereNotIn(
        'd.ancestor_ref',
        knex('weekly_digests')
          .where({ week })
          .whereNotNull('sent_at')
          .select('recipient'),
      )
      .distinct()
      .orderBy('d.ancestor_ref')
      .pluck('d.ancestor_ref');
  }

  /** The people directly in each group, without the groups that want no digest. */
  async #members(teams: string[]): Promise<Map<string, string[]>> {
    const { catalog, auth } = this.#options;
    const { items } = await catalog.getEntitiesByRefs(
      {
        entityRefs: teams,
        fields: ['kind', 'metadata.annotations', 'relations'],
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    const members = new Map<string, string[]>();
    items.forEach((entity, index) => {
      const users = (entity?.relations ?? [])
        .filter(({ type }) => type === RELATION_HAS_MEMBER)
        .map(({ targetRef }) => targetRef);
      const wish = entity?.metadata?.annotations?.[DIGEST_ANNOTATION];
      if (users.length > 0 && readCadence(wish) !== 'off') {
        members.set(teams[index], users);
      }
    });
    return members;
  }

  async #tell(options: {
    notifications: NotificationService;
    team: string;
    users: string[];
    week: string;
  }): Promise<void> {
    const { knex, digests, logger, now } = this.#options;
    const { notifications, team, users, week } = options;
    const claim = { recipient: team, week };
    if (!(await claimWeek(knex, { ...claim, now: now() }))) {
      return;
    }
    try {
      const digest = await digests.digest({ team, visible: 'all' });
      if (!isQuiet(digest)) {
        await notifications.send({
          recipients: { type: 'entity', entityRef: users },
          payload: {
            title: digestTitle(digest),
            description: [
              digestLead(digest),
              ...digestSections(digest).flatMap(({ title, lines, more }) => [
                `${title}: ${lines
                  .slice(0, 2)
                  .map(({ subject }) => subject)
                  .join(', ')}${
                  lines.length > 2 || more > 0
                    ? ` and ${lines.length - 2 + more} more`
                    : ''
                }`,
              ]),
            ]
              .slice(0, LINES)
              .join('\n'),
            link: `/ownership?team=${encodeURIComponent(team)}&days=7`,
            severity: 'low',
            topic: 'ownership',
            scope: `ownership:weekly:${team}`,
          },
        });
      }
      await settleWeek(knex, { ...claim, sentAt: now() });
    } catch (error) {
      await settleWeek(knex, { ...claim, sentAt: undefined });
      logger.warn(`${team} could not be sent the digest of the week: ${error}`);
    }
  }
}

function before(now: Date, days: number): string {
  return new Date(now.getTime() - days * 86_400_000).toISOString();
}
