import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { open } from './portal';

// Each page with words that are on it only once its data is there.
const pages: Array<[path: string, words: RegExp]> = [
  ['/ownership', /Worst movers first|Teams/],
  ['/ownership/drift', /harbour-digital does not exist/],
  ['/ownership/slos', /Requests are answered/],
  ['/ownership/slos/component/default/refunds-api/availability', /Budget left/],
  ['/ownership/slos/discovery', /Nowhere to look yet/],
  ['/ownership/scorecards', /Entities by level/],
  ['/ownership/initiatives', /Every service has an ownership contract/],
  ['/ownership/components?state=orphaned', /Fare kiosk|Kiosk/],
  ['/ownership/handovers', /Webhook relay/],
  ['/ownership/measures', /Deployments|Cost/],
  ['/ownership/rules', /The owner is not in the catalog/],
  ['/catalog/default/component/booking-api', /Priya Raghunathan/],
  ['/catalog/default/component/kiosk-app', /Nobody answers for this/],
  ['/catalog/default/component/webhook-relay', /No contract yet/],
  ['/catalog/default/component/booking-api/ownership', /How to reach them/],
  ['/catalog/default/group/payments', /What this team answers for/],
  ['/catalog/default/system/port-check-in', /Ownership in this system/],
  ['/catalog/default/domain/operations', /Ownership in this domain/],
];

for (const theme of ['light', 'dark'] as const) {
  for (const [path, words] of pages) {
    test(`${path} in ${theme}`, async ({ page }) => {
      const problems = await open(page, path, theme);
      await expect(page.getByText(words).first()).toBeVisible();
      await page.waitForLoadState('networkidle');
      // The platform's own spinner has no name; it goes when a card is there.
      await expect(page.getByRole('progressbar', { name: '' })).toHaveCount(0);

      // The frame around our pages is the platform's.
      const { violations } = await new AxeBuilder({ page })
        .include('main')
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
        .analyze();
      expect(
        violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
      ).toEqual([]);

      await page.setViewportSize({ width: 390, height: 844 });
      await expect(page.getByText(words).first()).toBeVisible();
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      );
      expect(overflow, 'pixels the page is wider than a phone').toBeLessThan(1);
      const cut = await page.locator('main table').evaluateAll(tables =>
        tables.flatMap(table => {
          const frame = table.parentElement!;
          return table.checkVisibility() &&
            frame.scrollWidth > frame.clientWidth
            ? [table.caption?.textContent]
            : [];
        }),
      );
      expect(cut, 'tables that are cut on a phone').toEqual([]);
      expect(problems).toEqual([]);
    });
  }
}
