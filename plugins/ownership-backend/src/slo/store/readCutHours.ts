import {
  exclusionStretches,
  sampleLimits,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { readExclusions } from './exclusions';

const HOUR = 3600;

/**
 * The hours that an exclusion takes only a part of, each with its SLO: of these
 * the 5-minute buckets stay, or the sums would change as time goes by.
 */
export async function readCutHours(options: {
  knex: Knex;
  now: Date;
}): Promise<Array<[sloId: number, start: number]>> {
  const { knex, now } = options;
  const clock = now.getTime() / 1000;
  const ids: number[] = await knex('slo_exclusions').distinct().pluck('slo_id');
  const hours: Array<[number, number]> = [];
  for (const [sloId, exclusions] of await readExclusions(knex, ids)) {
    const edges = exclusionStretches({
      exclusions,
      range: { start: clock - sampleLimits.retentionSeconds, end: clock },
    }).flatMap(({ start, end }) => [start, end]);
    const cut = new Set(
      edges
        .filter(edge => edge % HOUR !== 0)
        .map(edge => Math.floor(edge / HOUR) * HOUR),
    );
    hours.push(...[...cut].map((start): [number, number] => [sloId, start]));
  }
  return hours;
}
