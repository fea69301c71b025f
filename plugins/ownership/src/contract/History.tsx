import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { EntityOwnership } from '@service-ownership/backstage-plugin-ownership-common';
import {
  CardSkeleton,
  EntityName,
  ErrorState,
  ownershipApiRef,
  RelativeTime,
  toneClass,
} from '@service-ownership/backstage-plugin-ownership-react';
import card from '../entity/Card.module.css';
import { PagesLink } from '../entity/PagesLink';
import { useLoaded } from '../pages/screen/useLoaded';
import { ownershipTranslationRef } from '../translation';
import styles from './Contract.module.css';
import { pastEvents } from './pastEvents';
import type { PastEvent } from './pastEvents';
import { contractMessages } from './messages';

const SHOWN = 12;

/**
 * What happened to the component, the latest first: findings that came and
 * went, and confirmations of the contract.
 *
 * @internal
 */
export function History(props: { ownership: EntityOwnership }) {
  const { ownership } = props;
  const { entityRef } = ownership;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const api = useApi(ownershipApiRef);
  const { value, error, retry } = useLoaded({
    // Asked again after a change here, a waiver for example.
    key: `${entityRef} ${ownership.findings
      .map(({ id, state }) => id + state)
      .join()}`,
    load: () =>
      api.listFindings({
        entityRef,
        findingState: ['open', 'acknowledged', 'snoozed', 'waived', 'closed'],
        orderBy: 'firstSeenAt,desc',
        limit: 50,
      }),
  });
  const events =
    value && pastEvents({ findings: value.items, review: ownership.review });
  return (
    <section aria-labelledby="ownership-history">
      <h3 id="ownership-history" className={styles.asideTitle}>
        {t('contract.section.history')}
      </h3>
      {error && !value && (
        <ErrorState
          title={t('contract.history.errorTitle')}
          error={error}
          retry={retry}
        />
      )}
      {!value && !error && (
        <CardSkeleton
          parts={[{ height: 36 }, { height: 36 }, { height: 36 }]}
        />
      )}
      {events?.length === 0 && (
        <p className={`${card.text} ${card.muted}`}>
          {t('contract.history.none')}
        </p>
      )}
      {events && events.length > 0 && (
        <ol className={styles.timeline}>
          {events.slice(0, SHOWN).map((event, index) => (
            <Event key={index} event={event} titles={ownership.titles} />
          ))}
        </ol>
      )}
      {events && events.length > 0 && (
        <PagesLink
          to={`drift?entityRef=${encodeURIComponent(
            entityRef,
          )}&findingState=open&findingState=acknowledged&findingState=snoozed&findingState=waived&findingState=closed`}
          className={card.small}
          hideWithoutPages
        >
          {t('contract.history.more')}
        </PagesLink>
      )}
    </section>
  );
}

const tones = { opened: 'warning', closed: 'good', reviewed: 'info' } as const;

function Event(props: {
  event: PastEvent;
  titles: Record<string, string | undefined>;
}) {
  const { type, at, text, reason, by } = props.event;
  const { t } = useTranslationRef(ownershipTranslationRef);
  return (
    <li className={toneClass(tones[type])}>
      <span className={card.strong}>{t(`contract.history.${type}`)}</span>{' '}
      <span className={card.small}>
        <RelativeTime value={at} />
        {by && (
          <>
            {' '}
            {t('contract.history.by')}{' '}
            <EntityName entityRef={by} title={props.titles[by]} />
          </>
        )}
      </span>
      {text && <div>{text}</div>}
      {reason && (
        <div className={card.small}>
          {isKnownReason(reason)
            ? t(`contract.history.closedReason.${reason}`)
            : reason}
        </div>
      )}
    </li>
  );
}

function isKnownReason(
  reason: string,
): reason is keyof typeof contractMessages.history.closedReason {
  return Object.hasOwn(contractMessages.history.closedReason, reason);
}
