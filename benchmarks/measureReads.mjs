import { probe, timed } from './measure.mjs';

const ROUNDS = 200;

/**
 * Milliseconds and SQL statements of what people wait for: the entity page
 * while a scan runs, beside the catalog's own read of the same entity, and
 * pages of the report, beside a read of one row by its key: the first page
 * again and again, one page after the other, and the first one after somebody
 * changed a finding.
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

  const row = [];
  const page = [];
  const nextPage = [];
  const changedPage = [];
  const { items } = await portal.fetch(pagePath);
  let cursor;
  for (let round = 0; round < ROUNDS; round++) {
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
    if (round % 5 === 0) {
      await assign(items[(round / 5) % items.length]);
      changedPage.push(await timed(() => portal.fetch(pagePath)));
    }
  }
  await assign(items[0]);
  return {
    ...{ byName, entity, row, page, nextPage, changedPage },
    entityStatements: await statementsOf(entityPath(1)),
    pageStatements: await statementsOf(pagePath),
  };

  function assign({ id, assignee }) {
    return portal.fetch(
      `/api/ownership/drift/findings/${encodeURIComponent(id)}/assignee`,
      {
        method: 'PUT',
        body: JSON.stringify(
          assignee ? {} : { assignee: 'group:default/group-1' },
        ),
      },
    );
  }

  async function statementsOf(path) {
    await portal.ask('takeStatements');
    await portal.fetch(path);
    const counts = await portal.ask('takeStatements');
    return counts.backstage_plugin_ownership.statements;
  }
}
