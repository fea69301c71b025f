import { probe, sleep, timed } from './measure.mjs';

const ROUNDS = 200;
/** Fewer of the slowest make a p95 that is another one each time. */
const PAGE_ROUNDS = 400;
const DAY = 86_400_000;

/**
 * Milliseconds and SQL statements of what people wait for: the entity page
 * while a scan runs, beside the catalog's own read of the same entity, and
 * pages of the report, beside a read of one row by its key: the first page
 * again and again, one page after the other, and the first one after somebody
 * acknowledged a finding, which changes what is listed and counted.
 */
export async function measureReads({ portal, components, scan }) {
  const name = n => `component-${(n * 7919) % components}`;
  const entityPath = n =>
    `/api/ownership/entities/component/default/${name(n)}`;
  const pagePath =
    '/api/ownership/drift/findings?team=group:default/group-1&limit=50';
  const scans = await portal.fetch('/api/ownership/drift/scans?limit=1');
  const rowPath = `/api/ownership/drift/scans/${scans.items[0].id}`;
  for (let n = 0; n < 20; n++) {
    await portal.fetch(entityPath(n));
    await portal.fetch(pagePath);
  }

  const byName = [];
  const entity = [];
  let n = 0;
  const running = probe(
    async () => {
      n += 1;
      byName.push(
        await timed(() =>
          portal.fetch(
            `/api/catalog/entities/by-name/component/default/${name(n)}`,
          ),
        ),
      );
      entity.push(await timed(() => portal.fetch(entityPath(n))));
    },
    { pause: 1 },
  );
  while (entity.length < ROUNDS) {
    await scan();
  }
  await running.stop();

  // What follows from the last scan is none of what follows here.
  await atRest();
  const row = [];
  const page = [];
  const nextPage = [];
  const changedPage = [];
  const { items } = await portal.fetch(pagePath.replace('=50', '=500'));
  let changes = 0;
  let cursor;
  // The first rounds warm up what the others measure.
  for (let round = -50; round < PAGE_ROUNDS; round++) {
    if (round === 0) {
      [row, page, nextPage, changedPage].forEach(list => list.splice(0));
    }
    row.push(await timed(() => portal.fetch(rowPath)));
    page.push(await timed(() => portal.fetch(pagePath)));
    nextPage.push(
      await timed(async () => {
        const { pageInfo } = await portal.fetch(
          cursor ? `${pagePath}&cursor=${cursor}` : pagePath,
        );
        cursor = pageInfo.nextCursor;
      }),
    );
    await change();
    changedPage.push(await timed(() => portal.fetch(pagePath)));
  }
  await change();
  const pageStatements = await statementsOf(pagePath);
  return {
    ...{ byName, entity, row, page, nextPage, changedPage },
    entityStatements: await statementsOf(entityPath(1)),
    pageStatements,
  };

  /** Acknowledges one finding after the other; where they run out, snoozes them. */
  function change() {
    const { id } = items[changes % items.length];
    const again = Math.floor(changes++ / items.length) % 2 === 1;
    return portal.fetch(
      `/api/ownership/drift/findings/${encodeURIComponent(
        id,
      )}/acknowledgements`,
      {
        method: 'POST',
        body: JSON.stringify(
          again
            ? { snoozeUntil: new Date(Date.now() + DAY).toISOString() }
            : {},
        ),
      },
    );
  }

  /** Waits until the plugin hardly asks its database for anything. */
  async function atRest() {
    for (let calm = 0, seconds = 0; calm < 2 && seconds < 120; seconds++) {
      await portal.ask('takeStatements');
      await sleep(1000);
      const counts = await portal.ask('takeStatements');
      const { statements = 0 } = counts.backstage_plugin_ownership ?? {};
      calm = statements < 20 ? calm + 1 : 0;
    }
  }

  async function statementsOf(path) {
    await portal.ask('takeStatements');
    await portal.fetch(path);
    const counts = await portal.ask('takeStatements');
    return counts.backstage_plugin_ownership.statements;
  }
}
