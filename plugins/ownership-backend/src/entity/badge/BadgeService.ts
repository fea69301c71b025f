import { NotFoundError } from '@backstage/errors';
import { parseEntityRef } from '@backstage/catalog-model';
import {
  badgeMetricSchema,
  type Badge,
  type Scorecard,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { summarise } from '../summarise';
import { BadgeKeys } from './BadgeKeys';
import { drawBadge } from './drawBadge';

/**
 * Badges for pages outside the portal, such as a README: pictures that need no
 * token, each under an address nobody can guess. Off without a secret.
 */
export class BadgeService {
  readonly #knex: Knex;
  readonly #keys?: BadgeKeys;
  readonly #scorecard: () => Pick<Scorecard, 'id' | 'levels'> | undefined;
  readonly #appBaseUrl?: string;
  readonly #externalBaseUrl: () => Promise<string>;

  constructor(options: {
    knex: Knex;
    /** `ownership.badges.secret`. */
    secret?: string;
    /** Whose level the badge `level` tells. */
    scorecard?: () => Pick<Scorecard, 'id' | 'levels'> | undefined;
    appBaseUrl?: string;
    /** Where the API is reached from outside. */
    externalBaseUrl: () => Promise<string>;
  }) {
    this.#knex = options.knex;
    this.#keys = options.secret
      ? new BadgeKeys({ secret: options.secret })
      : undefined;
    this.#scorecard = options.scorecard ?? (() => undefined);
    this.#appBaseUrl = options.appBaseUrl;
    this.#externalBaseUrl = options.externalBaseUrl;
  }

  /** The badges of a component the caller may see; none where switched off. */
  async list(entityRef: string): Promise<Badge[]> {
    const keys = this.#keys;
    if (!keys) {
      return [];
    }
    const baseUrl = await this.#externalBaseUrl();
    const { kind, namespace, name } = parseEntityRef(entityRef);
    const path = [kind, namespace, name].map(encodeURIComponent).join('/');
    return badgeMetricSchema.options.map(metric => {
      const key = keys.keyOf({ entityRef, metric });
      const url = `${baseUrl}/badges/${key}/${metric}/${path}`;
      const picture = `![${metric}](${url})`;
      const page = `${this.#appBaseUrl}/catalog/${namespace}/${kind}/${name}`;
      return {
        metric,
        url,
        markdown: this.#appBaseUrl ? `[${picture}](${page})` : picture,
      };
    });
  }

  /**
   * One badge as SVG.
   *
   * @throws NotFoundError for a wrong key, and in the same words where there is
   * no such component: without a key nobody learns what there is
   */
  async draw(options: {
    key: string;
    metric: string;
    entityRef: string;
  }): Promise<string> {
    const { key, entityRef } = options;
    const metric = badgeMetricSchema.safeParse(options.metric).data;
    const [row] =
      metric && this.#keys?.opens(key, { entityRef, metric })
        ? await this.#knex('components')
            .select('entity_ref', 'title', 'kind', 'tier', 'lifecycle', 'state')
            .where('entity_ref', entityRef)
        : [];
    if (!metric || !row) {
      throw new NotFoundError('There is no such badge');
    }
    const [summary] = await summarise(this.#knex, {
      rows: [row],
      scorecardId: this.#scorecard()?.id,
    });
    return drawBadge({
      metric,
      summary,
      level: this.#scorecard()?.levels.find(({ id }) => id === summary.level)
        ?.title,
    });
  }
}
