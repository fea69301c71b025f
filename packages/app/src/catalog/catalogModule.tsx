import { createFrontendModule } from '@backstage/frontend-plugin-api';
import {
  CatalogIndexPage,
  CatalogTable,
  type CatalogTableRow,
} from '@backstage/plugin-catalog';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { ownershipStateColumn } from '@service-ownership/backstage-plugin-ownership';

// Left out so that names stay whole beside one more column.
const crowding = new Set<unknown>([
  'entity.metadata.description',
  'entity.metadata.tags',
]);

/**
 * The table of the catalog with the ownership state of each entity.
 */
export const catalogModule = createFrontendModule({
  pluginId: 'catalog',
  extensions: [
    catalogPlugin.getExtension('page:catalog').override({
      factory: original =>
        original({
          params: {
            loader: async () => (
              <CatalogIndexPage
                pagination
                columns={context =>
                  [
                    ...CatalogTable.defaultColumnsFunc(context),
                    ownershipStateColumn<CatalogTableRow>(),
                  ].filter(({ field }) => !crowding.has(field))
                }
              />
            ),
          },
        }),
    }),
  ],
});
