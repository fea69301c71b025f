import { useApi } from '@backstage/core-plugin-api';
import { RiLinkUnlinkM } from '@remixicon/react';
import {
  ErrorState,
  ownershipApiRef,
} from '@service-ownership/backstage-plugin-ownership-react';
import { linkTo } from '../screen/linkTo';
import { noneText } from '../screen/noneText';
import { Panel } from '../screen/Panel';
import { RowsSkeleton } from '../screen/RowsSkeleton';
import { ScreenLink } from '../screen/ScreenLink';
import { useLoaded } from '../screen/useLoaded';
import { usePagesTranslation } from '../usePagesTranslation';
import { attentionRows } from './attentionRows';
import type { AttentionRow } from './attentionRows';
import screen from '../screen/Screen.module.css';
import styles from './Overview.module.css';

const shown = 6;

/**
 * Behind which owners the orphaned and at-risk components are: what there is
 * to say before there is a trend.
 *
 * @internal
 */
export function AttentionPanel(props: { team?: string }) {
  const { t } = usePagesTranslation();
  const { value, error, retry } = useAttention(props.team);
  const rows = value ?? [];
  const most = Math.max(1, ...rows.map(row => row.orphaned + row.atRisk));
  const rest = rows.length - shown;
  return (
    <Panel
      title={t('pages.overview.attention.title')}
      note={t('pages.overview.attention.note')}
    >
      {error && <ErrorState error={error} retry={retry} />}
      {!value && !error && <RowsSkeleton rows={shown} />}
      {value && rows.length === 0 && (
        <p className={screen.muted}>{t('pages.overview.attention.empty')}</p>
      )}
      <ol className={screen.plainList}>
        {rows.slice(0, shown).map(row => (
          <li key={row.key}>
            <ScreenLink
              className={styles.attention}
              to={linkTo('drift', {
                ownerRef: row.key,
                state: ['orphaned', 'at-risk'],
                team: props.team,
              })}
            >
              <OwnerText row={row} />{' '}
              <span className={styles.attentionCounts}>
                {row.orphaned > 0 && (
                  <span className={styles.overdue}>
                    {t('pages.overview.attention.orphaned', {
                      count: row.orphaned,
                    })}
                  </span>
                )}{' '}
                {row.atRisk > 0 && (
                  <span className={styles.atRisk}>
                    {t('pages.overview.attention.atRisk', {
                      count: row.atRisk,
                    })}
                  </span>
                )}
              </span>
              <span className={styles.attentionBar} aria-hidden="true">
                <span
                  data-state="orphaned"
                  style={{ width: `${(row.orphaned / most) * 100}%` }}
                />
                <span
                  data-state="at-risk"
                  style={{ width: `${(row.atRisk / most) * 100}%` }}
                />
              </span>
            </ScreenLink>
          </li>
        ))}
      </ol>
      {rest > 0 && (
        <p className={styles.rest}>
          <ScreenLink
            to={linkTo('drift', {
              state: ['orphaned', 'at-risk'],
              team: props.team,
            })}
          >
            {t('pages.overview.attention.more', { count: rest })}
          </ScreenLink>
        </p>
      )}
    </Panel>
  );
}

function OwnerText(props: { row: AttentionRow }) {
  const { t } = usePagesTranslation();
  const { key, title, resolves } = props.row;
  const none = noneText({ t, name: 'ownerRef', value: key });
  if (none || resolves !== false) {
    return <span className={styles.attentionOwner}>{none ?? title}</span>;
  }
  return (
    <span className={styles.attentionOwner}>
      <RiLinkUnlinkM size={14} aria-hidden />{' '}
      {t('pages.drift.group.unresolved', { ref: key })}
    </span>
  );
}

function useAttention(team: string | undefined) {
  const api = useApi(ownershipApiRef);
  return useLoaded({
    key: JSON.stringify([team]),
    load: async () => {
      const [orphaned, atRisk] = await Promise.all(
        (['orphaned', 'at-risk'] as const).map(state =>
          api.getDriftSummary({ groupBy: 'ownerRef', state: [state], team }),
        ),
      );
      return attentionRows({ orphaned: orphaned.items, atRisk: atRisk.items });
    },
  });
}
