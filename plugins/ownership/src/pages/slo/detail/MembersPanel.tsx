import type { SloDetail } from '@service-ownership/backstage-plugin-ownership-common';
import { EntityName } from '@service-ownership/backstage-plugin-ownership-react';
import { DataTable } from '../../screen/DataTable';
import { Panel } from '../../screen/Panel';
import { ScreenLink } from '../../screen/ScreenLink';
import { useShare } from '../../screen/useShare';
import { useCount } from '../../screen/useCount';
import { usePagesTranslation } from '../../usePagesTranslation';
import { sloPath } from '../sloPath';
import screen from '../../screen/Screen.module.css';

/**
 * What a composite SLO is made of, and which part each member has in what is
 * lost.
 *
 * @internal
 */
export function MembersPanel(props: { detail: SloDetail }) {
  const { t } = usePagesTranslation();
  const number = useCount();
  const share = useShare();
  const { members = [], hiddenMembers = 0 } = props.detail;
  const ratio = (value: number | undefined) =>
    value === undefined ? t('pages.slo.noBudget') : share(value);
  return (
    <Panel
      title={t('pages.slo.members.title')}
      note={t('pages.slo.members.note')}
      flush={members.length > 0}
    >
      {members.length > 0 && (
        <DataTable
          caption={t('pages.slo.members.title')}
          rows={members}
          rowKey={({ entityRef, slo }) => `${entityRef} ${slo}`}
          rowName={({ title }) => title}
          columns={[
            {
              id: 'member',
              header: t('pages.slo.members.member'),
              cell: member => (
                <div>
                  <ScreenLink to={sloPath(member)}>{member.title}</ScreenLink>
                  <div className={screen.small}>
                    <EntityName entityRef={member.entityRef} />
                  </div>
                  {member.reason && (
                    <div className={screen.muted}>
                      {t('pages.slo.members.leftOut', {
                        reason: member.reason,
                      })}
                    </div>
                  )}
                </div>
              ),
            },
            {
              id: 'weight',
              header: t('pages.slo.members.weight'),
              align: 'end',
              cell: ({ weight }) => number(weight),
            },
            {
              id: 'share',
              header: t('pages.slo.members.share'),
              align: 'end',
              cell: member => ratio(member.share),
            },
            {
              id: 'sli',
              header: t('pages.slo.members.sli'),
              align: 'end',
              cell: member => ratio(member.sli),
            },
            {
              id: 'lost',
              header: t('pages.slo.members.lost'),
              align: 'end',
              cell: member => ratio(member.lost),
            },
          ]}
        />
      )}
      {hiddenMembers > 0 && (
        <p className={screen.muted}>
          {t('pages.slo.members.hidden', { count: hiddenMembers })}
        </p>
      )}
    </Panel>
  );
}
