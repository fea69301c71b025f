const MIB = 1024 * 1024;

/**
 * Downloads all findings as CSV, and throws them away as they come: when the
 * first byte came, how long all took, and what the portal needed for it.
 */
export async function measureExport({ portal }) {
  const { now: idle } = await portal.ask('takePeak');
  const start = performance.now();
  const response = await portal.open('/api/ownership/drift/report?format=csv');
  let firstByte;
  let bytes = 0;
  for await (const chunk of response.body) {
    firstByte ??= performance.now() - start;
    bytes += chunk.length;
  }
  const all = performance.now() - start;
  const { peak } = await portal.ask('takePeak');
  return { firstByte, all, megabytes: bytes / MIB, memory: peak - idle };
}
