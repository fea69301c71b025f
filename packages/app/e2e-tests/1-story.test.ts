import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import {
  exampleFolder,
  exampleIsJudged,
  planted,
  PortalApi,
  samplesAreIn,
} from './portal';

// One after the other: the later tests and files need the example judged.
test.describe.configure({ mode: 'serial' });
test.setTimeout(600_000);

test('the report lists exactly the planted findings', async ({ request }) => {
  const api = new PortalApi(request);
  await exampleIsJudged(api);

  const findingsByRule = async () => {
    const { items } = await api.json<{
      items: Array<{ ruleId: string; entityRef: string }>;
    }>('/api/ownership/drift/findings?limit=500');
    const byRule: Record<string, string[]> = {};
    for (const { ruleId, entityRef } of items) {
      (byRule[ruleId] ??= []).push(entityRef);
    }
    return byRule;
  };
  // The bill comes after the first scan, and is judged by the next.
  await expect
    .poll(async () => (await findingsByRule())['cost-over-budget'], {
      timeout: 240_000,
    })
    .toEqual(planted.findings['cost-over-budget']);
  const byRule = await findingsByRule();
  for (const [ruleId, refs] of Object.entries(planted.findings)) {
    expect(byRule[ruleId]?.sort(), ruleId).toEqual([...refs].sort());
  }

  const atRisk = await api.json<{ items: Array<{ entityRef: string }> }>(
    '/api/ownership/entities?state=at-risk&limit=100',
  );
  expect(atRisk.items.map(item => item.entityRef).sort()).toEqual(
    [...planted.atRisk].sort(),
  );
});

test('the catalog carries the verdict as a label', async ({ request }) => {
  const api = new PortalApi(request);

  await expect
    .poll(() => api.flaggedOrphans(), { timeout: 120_000 })
    .toEqual([...planted.orphaned].sort());
});

test('a deleted team orphans what it owned, and putting it back heals it', async ({
  request,
}) => {
  const api = new PortalApi(request);
  const file = join(exampleFolder, 'org', 'commerce.yaml');
  const before = await readFile(file, 'utf8');
  const owned = await api.json<{ items: Array<{ entityRef: string }> }>(
    '/api/ownership/entities?team=group:default/loyalty&limit=100',
  );
  const lost = owned.items.map(item => item.entityRef);
  expect(lost.length).toBeGreaterThan(3);
  const orphans = [...new Set([...planted.orphaned, ...lost])].sort();

  await writeFile(
    file,
    before
      .split(/^---$/m)
      .filter(
        document =>
          !(
            /^kind: Group$/m.test(document) && /name: loyalty$/m.test(document)
          ),
      )
      .join('---'),
  );
  await expect
    .poll(() => api.reportedOrphans(), { timeout: 300_000 })
    .toEqual(orphans);
  await expect
    .poll(() => api.flaggedOrphans(), { timeout: 120_000 })
    .toEqual(orphans);

  await writeFile(file, before);
  await exampleIsJudged(api);
  await expect
    .poll(() => api.flaggedOrphans(), { timeout: 120_000 })
    .toEqual([...planted.orphaned].sort());
});

test('the month of samples is in', async ({ request }) => {
  const api = new PortalApi(request);
  await samplesAreIn(api);
  for (const [rule, refs] of Object.entries(planted.findingsOfObjectives)) {
    await expect
      .poll(
        async () => {
          const { items } = await api.json<{
            items: Array<{ entityRef: string }>;
          }>(`/api/ownership/drift/findings?rule=${rule}&limit=100`);
          return items.map(({ entityRef }) => entityRef).sort();
        },
        { message: rule, timeout: 180_000 },
      )
      .toEqual([...refs].sort());
  }
});

test('a stranger is refused', async ({ request }) => {
  for (const path of [
    '/drift/findings',
    '/overview',
    '/slos',
    '/drift/rules',
  ]) {
    expect((await request.get(`/api/ownership${path}`)).status(), path).toBe(
      401,
    );
  }
});
