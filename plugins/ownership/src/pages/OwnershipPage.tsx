import { Content, Header, Page } from '@backstage/core-components';

/**
 * The ownership pages under one route.
 *
 * @public
 */
export function OwnershipPage() {
  return (
    <Page themeId="tool">
      <Header title="Ownership" />
      <Content />
    </Page>
  );
}
