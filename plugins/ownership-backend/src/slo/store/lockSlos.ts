import type { Knex } from 'knex';
import { inSlices } from '../../drift/store/inSlices';

/**
 * Locks SLOs until the end of the transaction, always in the order of their
 * ids, so that two transactions never wait for each other.
 */
export async function lockSlos(
  tx: Knex,
  sloIds: Iterable<number>,
): Promise<void> {
  const sorted = [...sloIds].sort((a, b) => a - b);
  for (const slice of inSlices(sorted)) {
    await tx('slos')
      .whereIn('id', slice)
      .orderBy('id')
      .select('id')
      .forUpdate();
  }
}
