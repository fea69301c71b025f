import { readFile } from 'node:fs/promises';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { exampleIsJudged, open, planted, PortalApi } from './portal';

// One after the other: a waiver of one test would be missing in the next.
test.describe.configure({ mode: 'serial' });
test.setTimeout(300_000);

test.beforeAll(async ({ request }) => {
  await exampleIsJudged(new PortalApi(request));
});

const csvColumns =
  'entityRef,kind,ownerRefs,state,ruleId,severity,findingState,firstSeenAt,ageDays,message';
const gone = 'group:default/harbour-digital';

test.describe('a platform engineer', () => {
  test('narrows the report, and the address carries it', async ({
    page,
    request,
  }) => {
    const { totalItems } = await new PortalApi(request).json<{
      totalItems: number;
    }>(
      '/api/ownership/drift/findings?rule=contract-missing&team=group:default/integration',
    );
    expect(totalItems).toBeGreaterThan(1);
    const problems = await open(page, '/ownership/drift');

    await choose(page, /Rule/, 'There is no ownership contract');
    await page.keyboard.press('Escape');
    await choose(page, /^Whole organisation Team|Team/, 'Integration');

    await expect(rows(findings(page))).toHaveCount(totalItems);
    const { searchParams } = new URL(page.url());
    expect(searchParams.getAll('rule')).toEqual(['contract-missing']);
    expect(searchParams.get('team')).toBe('group:default/integration');

    await page.reload();
    await expect(rows(findings(page))).toHaveCount(totalItems);
    const filters = page.getByRole('group', {
      name: 'Active filters',
      exact: true,
    });
    await expect(
      filters.getByRole('button', { name: /There is no ownership contract/ }),
    ).toBeVisible();
    await expect(
      filters.getByRole('button', { name: /Integration/ }),
    ).toBeVisible();
    expect(problems).toEqual([]);
  });

  test('finds the one name that heals most', async ({ page }) => {
    const refs = planted.findings['owner-unresolvable'];
    const problems = await open(page, '/ownership/drift');

    const group = page.getByRole('button', {
      name: new RegExp(`${gone} does not exist`),
    });
    await expect(group).toContainText(`${refs.length} findings`);
    await expect(group).toContainText(`${refs.length} components`);
    await expect(
      page.getByRole('button', { name: /Nobody is named as owner/ }).first(),
    ).toContainText('1 component');

    await group.click();
    await expect(rows(findings(page))).toHaveCount(refs.length);
    expect(new URL(page.url()).searchParams.get('ownerRef')).toBe(gone);
    expect(problems).toEqual([]);
  });

  test('takes the report along as a file', async ({ page }) => {
    await open(page, `/ownership/drift?ownerRef=${gone}`);
    await expect(rows(findings(page))).not.toHaveCount(0);

    await page.getByRole('button', { name: 'Download', exact: true }).click();
    const started = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: /CSV/ }).click();
    const download = await started;

    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    const [header, ...lines] = (await readFile(await download.path(), 'utf8'))
      .trim()
      .split('\n');
    expect(header.startsWith(csvColumns), header).toBe(true);
    expect(lines.map(line => line.split(',')[0]).sort()).toEqual(
      [...planted.findings['owner-unresolvable']].sort(),
    );
  });

  test('waives a finding, and takes the waiver back', async ({ page }) => {
    const message = /No captain is named/;
    const problems = await open(
      page,
      '/ownership/drift?rule=captain-missing&findingState=open',
    );
    const finding = findings(page).getByRole('button', {
      name: message,
      exact: true,
    });
    await finding.click();

    const details = page.getByRole('complementary', {
      name: 'Finding',
      exact: true,
    });
    await details.getByRole('button', { name: 'Waive…', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await expect(
      dialog.getByRole('button', { name: 'Waive', exact: true }),
    ).toBeDisabled();
    await dialog
      .getByRole('textbox', { name: /Reason/ })
      .fill('The receiver moves to another team this month');
    await dialog.getByLabel('Until').fill(dayIn(21));
    await dialog.getByRole('button', { name: 'Waive', exact: true }).click();

    await expect(dialog).toBeHidden();
    await expect(finding).toHaveCount(0);
    await expect(
      page.getByText('No finding matches these filters'),
    ).toBeVisible();
    await expect(
      details
        .getByText('The receiver moves to another team this month')
        .first(),
    ).toBeVisible();

    await details
      .getByRole('button', { name: 'Withdraw waiver', exact: true })
      .click();
    await expect(finding).toBeVisible();
    await expect(details.getByText('Waiver withdrawn').first()).toBeVisible();
    expect(problems).toEqual([]);
  });

  test('starts a scan and sees how it ended', async ({ page, request }) => {
    const api = new PortalApi(request);
    const problems = await open(page, '/ownership/drift');
    const scan = page.getByRole('button', { name: 'Scan now', exact: true });
    await expect(page.getByText(/Last scan completed/)).toBeVisible();

    const answer = page.waitForResponse(
      response =>
        response.request().method() === 'POST' &&
        response.url().endsWith('/drift/scans'),
    );
    await scan.click();
    const { id } = await (await answer).json();
    // The page may hear of the end by a signal, and ask no more.
    await expect
      .poll(
        async () => {
          const path = `/api/ownership/drift/scans/${id}`;
          return (await api.json<{ state: string }>(path)).state;
        },
        { timeout: 120_000 },
      )
      .toBe('completed');
    await expect(page.getByText(/Last scan completed/)).toBeVisible();
    await expect(scan).toBeEnabled();
    expect(problems).toEqual([]);
  });
});

test.describe('a developer', () => {
  test('reads a runbook without leaving the portal', async ({ page }) => {
    const problems = await open(page, '/catalog/default/component/booking-api');
    await page
      .getByRole('button', { name: 'Release and roll back', exact: true })
      .click();

    const runbook = page.getByRole('dialog');
    await expect(
      runbook.getByRole('heading', { name: 'Roll back', exact: true }),
    ).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(runbook).toBeHidden();
    expect(problems).toEqual([]);
  });

  test('copies the contract to start from', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const problems = await open(
      page,
      '/catalog/default/component/webhook-relay/ownership',
    );
    const starter = page.getByRole('region', {
      name: 'Write the contract',
      exact: true,
    });
    await starter.getByRole('button', { name: 'Copy', exact: true }).click();

    await expect(
      starter.getByRole('button', { name: 'Copied', exact: true }),
    ).toBeVisible();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^tier: tier-3$/m);
    expect(copied).toMatch(/^mission: Delivers our events to partners/m);
    expect(problems).toEqual([]);
  });

  test('confirms that a contract is still right', async ({ page }) => {
    const problems = await open(
      page,
      '/catalog/default/component/crew-roster/ownership',
    );
    await expect(page.getByText(/, was due/).first()).toBeVisible();
    await page
      .getByRole('button', { name: 'Confirm it is still right', exact: true })
      .click();

    await expect(page.getByText(/^Reviewed (today|now)/).first()).toBeVisible();
    await expect(page.getByText(/, was due/)).toHaveCount(0);
    expect(problems).toEqual([]);
  });
});

test.describe('a leader', () => {
  test('opens what is behind a figure', async ({ page }) => {
    const problems = await open(page, '/ownership');
    const tile = page
      .getByRole('list', { name: 'Key figures', exact: true })
      .getByRole('link', { name: /^Orphaned/ });
    await expect(tile).toContainText(String(planted.orphaned.length));
    await tile.click();

    const components = page.getByRole('table', { name: /^Components with/ });
    await expect(rows(components)).toHaveCount(planted.orphaned.length);
    expect(problems).toEqual([]);
  });

  test('goes from a team to an entity to a rule', async ({ page }) => {
    const problems = await open(page, '/ownership/scorecards');
    await page
      .getByRole('table', { name: 'Entities by level', exact: true })
      .getByRole('link', { name: 'Payments', exact: true })
      .click();
    await expect(
      page.getByRole('heading', { name: 'Entities of Payments', exact: true }),
    ).toBeVisible();

    await page
      .getByRole('button', { name: /^Show the rules of/ })
      .first()
      .click();
    await page
      .getByRole('link', { name: 'The owner is in the catalog', exact: true })
      .click();

    await expect(page).toHaveURL(/\/ownership\/rules\?rule=/);
    await expect(page.getByText('How to fix it')).toBeVisible();
    expect(problems).toEqual([]);
  });
});

/** The table of the drift screen. */
function findings(page: Page): Locator {
  return page.getByRole('table', {
    name: 'Findings of the drift scan',
    exact: true,
  });
}

/** The rows of a table without that of its headers. */
function rows(table: Locator): Locator {
  return table.getByRole('row').filter({ has: table.page().getByRole('cell') });
}

/** Opens the list with that label and chooses an option. */
async function choose(page: Page, label: RegExp, option: string) {
  await page.getByRole('button', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** A date as a date field wants it. */
function dayIn(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
