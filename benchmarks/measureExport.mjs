import { median } from './measure.mjs';

const MIB = 1024 * 1024;
const ROUNDS = 9;

/**
 * Downloads all findings as CSV again and again, and throws them away as they
 * come: when the first byte came and how long all took, in the middle, and the
 * most that the portal needed for it.
 */
export async function measureExport({ portal }) {
  const { now: idle } = await portal.ask('takePeak');
  const firstByte = [];
  const all = [];
  let bytes = 0;
  for (let round = 0; round < ROUNDS; round++) {
    bytes = 0;
    const start = performance.now();
    const response = await portal.open(
      '/api/ownership/drift/report?format=csv',
    );
    for await (const chunk of response.body) {
      if (bytes === 0) {
        firstByte.push(performance.now() - start);
      }
      bytes += chunk.length;
    }
    all.push(performance.now() - start);
  }
  const { peak } = await portal.ask('takePeak');
  return {
    firstByte: median(firstByte),
    all: median(all),
    megabytes: bytes / MIB,
    memory: peak - idle,
  };
}
