import { Button } from '@backstage/ui';
import {
  EntityName,
  RelativeTime,
} from '@service-ownership/backstage-plugin-ownership-react';
import type {
  InitiativeDetail,
  InitiativeExemption,
} from '@service-ownership/backstage-plugin-ownership-common';
import { DataTable } from '../screen/DataTable';
import { Panel } from '../screen/Panel';
import { usePagesTranslation } from '../usePagesTranslation';
import screen from '../screen/Screen.module.css';

/**
 * What is excused, why and until when.
 *
 * @internal
 */
export function ExemptionsPanel(props: {
  initiative: InitiativeDetail;
  onWithdraw(exemption: InitiativeExemption): void;
}) {
  const { t } = usePagesTranslation();
  const { initiative, onWithdraw } = props;
  return (
    <Panel title={t('pages.initiative.detail.exemptions')} flush>
      <DataTable
        caption={t('pages.initiative.detail.exemptions')}
        rows={initiative.exemptions}
        rowKey={exemption => exemption.entityRef}
        rowName={exemption => exemption.entityRef}
        columns={[
          {
            id: 'entity',
            header: t('pages.initiative.detail.entity'),
            cell: ({ entityRef }) => <EntityName entityRef={entityRef} />,
          },
          {
            id: 'reason',
            header: t('pages.initiative.detail.reason'),
            cell: ({ reason }) => reason,
          },
          {
            id: 'until',
            header: t('pages.initiative.detail.until'),
            cell: ({ expiresAt, active }) => (
              <>
                <RelativeTime value={expiresAt} />
                {!active && (
                  <span className={screen.small}>
                    {' '}
                    {t('pages.initiative.detail.expired')}
                  </span>
                )}
              </>
            ),
          },
          {
            id: 'by',
            header: t('pages.initiative.detail.by'),
            wideOnly: true,
            cell: ({ createdBy }) => (
              <span className={screen.small}>{createdBy}</span>
            ),
          },
          {
            id: 'actions',
            header: '',
            align: 'end',
            cell: exemption => (
              <Button
                size="small"
                variant="tertiary"
                aria-label={t('pages.initiative.detail.withdrawOf', {
                  entity: exemption.entityRef,
                })}
                onPress={() => onWithdraw(exemption)}
              >
                {t('pages.initiative.detail.withdraw')}
              </Button>
            ),
          },
        ]}
      />
    </Panel>
  );
}
