import { expect, test } from '@playwright/test';
import { exampleIsJudged, open, planted, PortalApi } from './portal';

// What people change in the portal, after the pages were looked at as they are.
test.describe.configure({ mode: 'serial' });
test.setTimeout(300_000);

const gone = 'group:default/harbour-digital';

test.beforeAll(async ({ request }) => {
  const api = new PortalApi(request);
  // Left behind where a test failed that is tried once more.
  await api.removeAlias(gone);
  await exampleIsJudged(api);
});

test('a change of the rules is tried before it is made', async ({ page }) => {
  const problems = await open(page, '/ownership/rules');
  const text = page.getByRole('textbox', { name: /Rules as YAML or JSON/ });
  const run = page.getByRole('button', { name: 'Try it', exact: true });

  await text.fill('rules: { captain-misplaced: false }');
  await run.click();
  await expect(page.getByText(/captain-misplaced/).last()).toBeVisible();
  await expect(page.getByText('The change is not right yet')).toBeVisible();

  await text.fill('rules: { captain-missing: false }');
  await run.click();
  await expect(page.getByText(/would open and 1 would close/)).toBeVisible();
  expect(problems).toEqual([]);
});

test('one alias heals what a dissolved team left behind, and is taken back', async ({
  page,
  request,
}) => {
  const api = new PortalApi(request);
  const components = planted.findings['owner-unresolvable'].length;
  const problems = await open(page, '/ownership/drift');

  await page
    .getByRole('button', {
      name: `Point to another team… (${gone})`,
      exact: true,
    })
    .click();
  // Named: the list of teams is a dialog as well, while it closes.
  const dialog = page.getByRole('dialog', {
    name: /^Who answers for .+ now\?$/,
  });
  await dialog.getByRole('button', { name: /Team that answers now/ }).click();
  await page.getByRole('option', { name: 'Ports', exact: true }).click();
  await dialog
    .getByRole('button', { name: `Heal ${components} components`, exact: true })
    .click();
  await expect(dialog).toBeHidden();

  const healed = planted.orphaned
    .filter(ref => !planted.findings['owner-unresolvable'].includes(ref))
    .sort();
  await expect
    .poll(() => api.reportedOrphans(), { timeout: 120_000 })
    .toEqual(healed);

  await page.reload();
  await page
    .getByRole('button', { name: `Remove the alias of ${gone}`, exact: true })
    .click();
  await exampleIsJudged(api);
  expect(problems).toEqual([]);
});

test('maintenance is left out of a budget, and counts again', async ({
  page,
}) => {
  const reason = 'The database moves to new machines';
  const problems = await open(
    page,
    '/ownership/slos/component/default/booking-api/availability',
  );
  const panel = page.getByRole('region', {
    name: 'Time that does not count',
    exact: true,
  });
  await panel
    .getByRole('button', { name: 'Exclude time', exact: true })
    .click();
  const dialog = page.getByRole('dialog');
  await dialog
    .getByRole('textbox', { name: /Why does it not count/ })
    .fill(reason);
  await dialog.getByRole('button', { name: 'Exclude', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(panel.getByText(reason)).toBeVisible();
  await expect(panel.getByText('planned')).toBeVisible();

  await panel
    .getByRole('button', { name: `End: ${reason}`, exact: true })
    .click();
  await dialog
    .getByRole('textbox', { name: /Why does it end/ })
    .fill('It was put off');
  await dialog.getByRole('button', { name: 'End', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(panel.getByText(/It was put off/)).toBeVisible();
  expect(problems).toEqual([]);
});

test('an initiative says who is behind', async ({ page, request }) => {
  const title = 'Every service has an ownership contract';
  const api = new PortalApi(request);
  const { items } = await api.json<{
    items: Array<{ id: string; title: string }>;
  }>('/api/ownership/initiatives');
  const { id } = items.find(initiative => initiative.title === title)!;
  const { figures } = await api.json<{
    figures: { missing: number };
  }>(`/api/ownership/initiatives/${id}`);
  expect(figures.missing).toBeGreaterThan(0);

  const problems = await open(page, '/ownership/initiatives');
  await page.getByRole('link', { name: title, exact: true }).first().click();
  await expect(
    page.getByRole('heading', { name: title, exact: true }),
  ).toBeVisible();
  expect(problems).toEqual([]);
});

test('a table is taken along whole', async ({ page }) => {
  await open(page, '/ownership/components?state=orphaned');
  await page.getByRole('button', { name: /^Download/ }).click();
  const started = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /CSV/ }).click();

  const lines = await readLines(await (await started).createReadStream());
  expect(lines[0]).toMatch(/^entityRef,title,kind,/);
  expect(
    lines
      .slice(1)
      .map(line => line.split(',')[0])
      .sort(),
  ).toEqual([...planted.orphaned].sort());
});

test('the home page says what matters to my teams', async ({ page }) => {
  const problems = await open(page, '/home');
  const team = page
    .getByRole('list', { name: 'My teams', exact: true })
    .getByRole('listitem')
    .filter({ hasText: /^Platform/ });
  await expect(team).toContainText(/\d+ components/);
  await expect(team).toContainText(/of the error budget left|used up/);

  await team.getByRole('link', { name: 'Platform', exact: true }).click();
  await expect(page).toHaveURL(
    /\/ownership\/?\?team=group%3Adefault%2Fplatform/,
  );
  expect(problems).toEqual([]);
});

test('a badge is seen by anybody', async ({ page, playwright, baseURL }) => {
  await open(page, '/catalog/default/component/kiosk-app/ownership');
  const badge = page.getByRole('img', { name: 'Ownership state', exact: true });
  const address = (await badge.getAttribute('src'))!;

  const stranger = await playwright.request.newContext({ baseURL });
  const answer = await stranger.get(address);
  expect(answer.headers()['content-type']).toContain('image/svg+xml');
  expect(await answer.text()).toContain('orphaned');
  expect(
    (await stranger.get(address.replace('kiosk-app', 'booking-api'))).status(),
  ).toBe(404);
  await stranger.dispose();
});

async function readLines(stream: NodeJS.ReadableStream): Promise<string[]> {
  let text = '';
  for await (const part of stream) {
    text += part;
  }
  return text.trim().split('\r\n');
}
