import type { Entity } from '@backstage/catalog-model';
import { Table } from '@backstage/core-components';
import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ownershipStateColumn } from './ownershipStateColumn';

function row(name: string, state?: string): { id: string; entity: Entity } {
  return {
    id: name,
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name,
        ...(state && { labels: { 'service-ownership.io/state': state } }),
      },
    },
  };
}

describe('ownershipStateColumn', () => {
  it('shows the state that the label says, and sorts the worst first', async () => {
    await renderInTestApp(
      <Table
        options={{ search: false, paging: false }}
        columns={[{ title: 'Name', field: 'id' }, ownershipStateColumn()]}
        data={[
          row('a', 'owned'),
          row('b'),
          row('c', 'orphaned'),
          row('d', 'at-risk'),
          row('e', 'toString'),
        ]}
      />,
    );
    await userEvent.click(screen.getByText('Ownership'));

    expect(
      screen
        .getAllByRole('row')
        .slice(1)
        .map(({ textContent }) => textContent),
    ).toEqual(['cOrphaned', 'dAt risk', 'aOwned', 'b', 'e']);
  });
});
