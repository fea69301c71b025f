import { alertApiRef, useApi } from '@backstage/core-plugin-api';
import {
  Button,
  Menu,
  MenuItem,
  MenuSection,
  MenuSeparator,
  MenuTrigger,
} from '@backstage/ui';
import { RiBookmarkLine, RiCheckLine } from '@remixicon/react';
import type {
  DriftView,
  DriftViewChange,
} from '@service-ownership/backstage-plugin-ownership-common';
import {
  ownershipApiRef,
  reasonOf,
} from '@service-ownership/backstage-plugin-ownership-react';
import { useState } from 'react';
import { useUrlQuery } from '../../screen/useUrlQuery';
import { usePagesTranslation } from '../../usePagesTranslation';
import { withoutFilters } from '../findingFilter';
import type { Views } from './useViews';
import { changesTo, contentOf, showsView } from './viewAddress';
import { DeleteViewDialog, ViewDialog } from './ViewDialog';

type Asked = 'save' | 'rename' | 'delete';

/**
 * Chooses a saved view, keeps what is on the screen as one, and changes those
 * that are there.
 *
 * @internal
 */
export function ViewMenu(props: { views: Views }) {
  const { t } = usePagesTranslation();
  const api = useApi(ownershipApiRef);
  const alertApi = useApi(alertApiRef);
  const { params, change } = useUrlQuery();
  const { items, chosen, mayShare, reload } = props.views;
  const [asked, setAsked] = useState<Asked>();
  const changed = chosen !== undefined && !showsView(params, chosen);
  const own = items.filter(view => !view.shared);
  const shared = items.filter(view => view.shared);

  const write = async (view: DriftView, request: DriftViewChange) => {
    try {
      await api.changeDriftView(view.id, request);
      reload();
    } catch (error) {
      alertApi.post({
        severity: 'error',
        message: t('pages.drift.view.failed', {
          reason: reasonOf(error).message,
        }),
      });
    }
  };
  const name = chosen ? chosen.name : t('pages.drift.view.all');
  const choice = (view: DriftView) => (
    <MenuItem
      key={view.id}
      textValue={view.name}
      iconStart={view === chosen ? <RiCheckLine size={16} /> : undefined}
      onAction={() => change(changesTo(view))}
    >
      {view.isDefault
        ? t('pages.drift.view.isDefault', { name: view.name })
        : view.name}
    </MenuItem>
  );

  return (
    <>
      <MenuTrigger>
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiBookmarkLine />}
          aria-label={t('pages.drift.view.open', { name })}
        >
          {changed ? t('pages.drift.view.changed', { name }) : name}
        </Button>
        <Menu aria-label={t('pages.drift.view.label')}>
          <MenuItem
            iconStart={chosen ? undefined : <RiCheckLine size={16} />}
            onAction={() =>
              change({
                ...withoutFilters(),
                orderBy: undefined,
                groupBy: undefined,
                view: undefined,
              })
            }
          >
            {t('pages.drift.view.all')}
          </MenuItem>
          {own.length > 0 && (
            <MenuSection title={t('pages.drift.view.own')}>
              {own.map(choice)}
            </MenuSection>
          )}
          {shared.length > 0 && (
            <MenuSection title={t('pages.drift.view.shared')}>
              {shared.map(choice)}
            </MenuSection>
          )}
          <MenuSeparator />
          <MenuItem onAction={() => setAsked('save')}>
            {t('pages.drift.view.saveAs')}
          </MenuItem>
          {chosen?.mayChange && changed && (
            <MenuItem onAction={() => write(chosen, contentOf(params))}>
              {t('pages.drift.view.save', { name: chosen.name })}
            </MenuItem>
          )}
          {chosen && (
            <MenuItem
              onAction={() => write(chosen, { isDefault: !chosen.isDefault })}
            >
              {t(
                chosen.isDefault
                  ? 'pages.drift.view.notDefault'
                  : 'pages.drift.view.makeDefault',
              )}
            </MenuItem>
          )}
          {chosen?.mayChange && (mayShare || chosen.shared) && (
            <MenuItem
              onAction={() => write(chosen, { shared: !chosen.shared })}
            >
              {t(
                chosen.shared
                  ? 'pages.drift.view.unshare'
                  : 'pages.drift.view.share',
              )}
            </MenuItem>
          )}
          {chosen?.mayChange && (
            <MenuItem onAction={() => setAsked('rename')}>
              {t('pages.drift.view.rename')}
            </MenuItem>
          )}
          {chosen?.mayChange && (
            <MenuItem onAction={() => setAsked('delete')}>
              {t('pages.drift.view.delete')}
            </MenuItem>
          )}
        </Menu>
      </MenuTrigger>
      {(asked === 'save' || asked === 'rename') && (
        <ViewDialog
          view={asked === 'rename' ? chosen : undefined}
          mayShare={mayShare}
          onClose={() => setAsked(undefined)}
          onSubmit={async request => {
            if (asked === 'rename') {
              await api.changeDriftView(chosen!.id, { name: request.name });
            } else {
              const view = await api.createDriftView({
                ...contentOf(params),
                ...request,
              });
              change({ view: view.id }, { replace: true });
            }
            setAsked(undefined);
            reload();
          }}
        />
      )}
      {asked === 'delete' && chosen && (
        <DeleteViewDialog
          view={chosen}
          onClose={() => setAsked(undefined)}
          onSubmit={async () => {
            await api.deleteDriftView(chosen.id);
            setAsked(undefined);
            change({ view: undefined }, { replace: true });
            reload();
          }}
        />
      )}
    </>
  );
}
