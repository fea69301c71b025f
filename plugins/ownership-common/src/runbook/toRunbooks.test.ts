/* eslint-disable no-script-url -- hostile links are what is tested */
import type { Entity } from '@backstage/catalog-model';
import type { EffectiveContract } from '../contract/schema';
import { uncoveredAreas } from './runbookAreas';
import { isInSameRepository } from './repositoryOf';
import { runbookHref } from './runbookHref';
import { toRunbooks } from './toRunbooks';

const GITHUB = 'url:https://github.com/acme/shop/blob/main/checkout/info.yaml';

function at(location: string, annotation = 'managed-by-location'): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'checkout',
      annotations: { [`backstage.io/${annotation}`]: location },
    },
  };
}

describe('runbookHref', () => {
  it.each<[url: string, location: string, href: string | undefined]>([
    ['https://example.org/a?b#c', GITHUB, 'https://example.org/a?b#c'],
    ['HTTPS://EXAMPLE.org', GITHUB, 'https://example.org/'],
    [
      'docs/a.md',
      GITHUB,
      'https://github.com/acme/shop/blob/main/checkout/docs/a.md',
    ],
    [
      './a b.md#x',
      GITHUB,
      'https://github.com/acme/shop/blob/main/checkout/a%20b.md#x',
    ],
    ['../ops/a.md', GITHUB, 'https://github.com/acme/shop/blob/main/ops/a.md'],
    ['../../a.md', GITHUB, undefined],
    ['../../../../../evil/repo/blob/main/a.md', GITHUB, undefined],
    ['..%2f..%2f..%2fa.md', GITHUB, undefined],
    ['/etc/passwd', GITHUB, undefined],
    ['//evil.example.org/a.md', GITHUB, undefined],
    ['javascript:alert(1)', GITHUB, undefined],
    [' javascript:alert(1)', GITHUB, undefined],
    ['java\nscript:alert(1)', GITHUB, undefined],
    ['data:text/html,x', GITHUB, undefined],
    ['file:///etc/passwd', GITHUB, undefined],
    ['https://a:b@example.org', GITHUB, undefined],
    ['', GITHUB, undefined],
    ['a.md', 'file:/srv/catalog.yaml', undefined],
    ['a.md', 'url:javascript:alert(1)//', undefined],
    [
      'docs/a.md',
      'url:https://gitlab.com/acme/group/shop/-/blob/main/info.yaml',
      'https://gitlab.com/acme/group/shop/-/blob/main/docs/a.md',
    ],
    [
      '../x/a.md',
      'url:https://dev.azure.com/acme/p/_git/shop?path=/checkout/info.yaml&version=GBmain',
      'https://dev.azure.com/acme/p/_git/shop?path=%2Fx%2Fa.md&version=GBmain',
    ],
    [
      '../../a.md',
      'url:https://dev.azure.com/acme/p/_git/shop?path=/checkout/info.yaml',
      undefined,
    ],
    [
      'docs/a.md',
      'url:https://git.example.org/projects/A/repos/shop/browse/info.yaml?at=main',
      'https://git.example.org/projects/A/repos/shop/browse/docs/a.md?at=main',
    ],
    [
      'a.md',
      'url:https://files.example.org/x/info.yaml',
      'https://files.example.org/x/a.md',
    ],
    ['../a.md', 'url:https://files.example.org/x/info.yaml', undefined],
  ])('opens %j of %s', (url, location, href) => {
    expect(runbookHref({ url, entity: at(location) })).toBe(href);
  });

  it('opens TechDocs in the portal, and looks at the source location too', () => {
    const entity = at(
      'url:https://github.com/acme/shop/tree/main/checkout/',
      'source-location',
    );
    expect(runbookHref({ url: 'a.md', entity })).toBe(
      'https://github.com/acme/shop/tree/main/checkout/a.md',
    );
    expect(runbookHref({ url: 'techdocs:run/a', entity })).toBeUndefined();
    const appBaseUrl = 'https://portal.example.org/';
    expect(runbookHref({ url: 'techdocs:/run/a#b', entity, appBaseUrl })).toBe(
      'https://portal.example.org/docs/default/component/checkout/run/a#b',
    );
    expect(
      runbookHref({ url: 'techdocs:../../../settings', entity, appBaseUrl }),
    ).toBeUndefined();
  });
});

describe('isInSameRepository', () => {
  const github = 'https://github.com/acme/shop/blob/main/checkout/info.yaml';
  const azure = 'https://dev.azure.com/acme/p/_git/shop?path=/info.yaml';
  it.each([
    [github, 'https://github.com/acme/shop/blob/main/ownership.yaml', true],
    [github, 'https://github.com/acme/shop/raw/other/a.yaml', true],
    [github, 'https://github.com/acme/shop-2/blob/main/a.yaml', false],
    [github, 'https://github.com/evil/shop/blob/main/a.yaml', false],
    [github, 'https://github.com.evil.org/acme/shop/blob/main/a.yaml', false],
    [github, 'http://github.com/acme/shop/blob/main/a.yaml', false],
    [github, 'file:///etc/passwd', false],
    [azure, 'https://dev.azure.com/acme/p/_git/shop?path=/x/a.yaml', true],
    [azure, 'https://dev.azure.com/acme/p/_git/other?path=/x/a.yaml', false],
    [
      'https://files.example.org/a/info.yaml',
      'https://files.example.org/a/b/c.yaml',
      true,
    ],
    [
      'https://files.example.org/a/info.yaml',
      'https://files.example.org/c.yaml',
      false,
    ],
  ])('of %s: %s', (of, file, expected) => {
    expect(isInSameRepository({ file, of })).toBe(expected);
  });
});

describe('toRunbooks', () => {
  const effective: EffectiveContract = {
    tier: 'tier-1',
    runbooks: [
      {
        id: 'a',
        title: 'A',
        url: 'docs/a.md',
        covers: ['Rollback', 'incident'],
        reviewedAt: '2026-09-01',
      },
      { id: 'b', title: 'B', url: 'docs/b.pdf', reviewedAt: '2026-01-01' },
      { id: 'c', title: 'C', url: 'https://example.org/c.md' },
    ],
    provenance: {
      runbooks: { source: 'contract', location: 'x', entityRef: 'y' },
      'runbooks[2]': { source: 'catalog', location: 'x', entityRef: 'y' },
    },
  };

  it('tells age, state and where each can be opened', () => {
    expect(
      toRunbooks({
        effective,
        now: new Date('2026-11-21T08:00:00Z'),
        staleAfterDays: 180,
        entity: at(GITHUB),
        contractEntity: at('url:https://github.com/acme/c/blob/main/c.yaml'),
      }),
    ).toEqual([
      expect.objectContaining({
        id: 'a',
        href: 'https://github.com/acme/c/blob/main/docs/a.md',
        readable: true,
        reviewAgeDays: 81,
        state: 'fresh',
        source: 'contract',
        alerts: [],
      }),
      expect.objectContaining({ readable: false, state: 'stale' }),
      expect.objectContaining({
        readable: false,
        state: 'unknown',
        source: 'catalog',
        href: 'https://example.org/c.md',
      }),
    ]);
  });

  it('names the areas without a runbook', () => {
    expect(uncoveredAreas({ contract: effective })).toEqual([
      'deployment',
      'monitoring',
    ]);
    expect(uncoveredAreas({ contract: effective, tier: 'tier-4' })).toEqual([]);
  });
});
