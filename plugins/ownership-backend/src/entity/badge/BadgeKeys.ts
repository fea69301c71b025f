import { createHmac, timingSafeEqual } from 'node:crypto';
import type { BadgeMetric } from '@service-ownership/backstage-plugin-ownership-common';

/**
 * The keys in the addresses of badges. A key opens one badge of one component:
 * who has it can see that badge and nothing else, and nobody can guess one.
 */
export class BadgeKeys {
  readonly #secret: string;

  constructor(options: { secret: string }) {
    this.#secret = options.secret;
  }

  /** 32 characters that are safe in an address. */
  keyOf(badge: { entityRef: string; metric: BadgeMetric }): string {
    return createHmac('sha256', this.#secret)
      .update(`${badge.metric} ${badge.entityRef}`)
      .digest('base64url')
      .slice(0, 32);
  }

  opens(
    key: string,
    badge: { entityRef: string; metric: BadgeMetric },
  ): boolean {
    const given = Buffer.from(key);
    const expected = Buffer.from(this.keyOf(badge));
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}
