import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { HandoverDetail } from '@service-ownership/backstage-plugin-ownership-common';
import {
  CopyBlock,
  RelativeTime,
  toneClass,
} from '@service-ownership/backstage-plugin-ownership-react';
import { useEffect, useState } from 'react';
import { patchFileOf } from '../drift/patchFileOf';
import card from '../entity/Card.module.css';
import { ownershipTranslationRef } from '../translation';
import { HandoverActions } from './HandoverActions';
import { HandoverChecklist } from './HandoverChecklist';
import { useHandoverWords } from './useHandoverWords';
import styles from './Handover.module.css';

/**
 * A handover to be read and worked off.
 *
 * @internal
 */
export function HandoverBody(props: {
  handover: HandoverDetail;
  /** Told of every change that was taken. */
  onChange(handover: HandoverDetail): void;
}) {
  const { t } = useTranslationRef(ownershipTranslationRef);
  const wordsOf = useHandoverWords();
  const [handover, setHandover] = useState(props.handover);
  useEffect(() => setHandover(props.handover), [props.handover]);
  const change = (after: HandoverDetail) => {
    setHandover(after);
    props.onChange(after);
  };
  const { state, to, toMove } = handover;
  const words = wordsOf(handover);
  return (
    <div className={styles.body}>
      {words && <p className={`${card.text} ${card.strong}`}>{words}</p>}
      {handover.problems.length > 0 && (
        <div className={`${card.notice} ${toneClass('warning')}`}>
          {handover.problems.map(problem => (
            <p key={problem}>{problem}</p>
          ))}
        </div>
      )}
      <Dates handover={handover} />
      <div>
        <p className={card.label}>{t('handover.body.reason')}</p>
        <p className={styles.reason}>{handover.reason}</p>
      </div>
      {handover.endReason && (
        <div>
          <p className={card.label}>{t('handover.body.last')}</p>
          <p className={styles.reason}>{handover.endReason}</p>
        </div>
      )}
      <HandoverChecklist handover={handover} onChange={change} />
      {state !== 'proposed' && toMove.length > 0 && (
        <div className={styles.patches}>
          <p className={card.label}>{t('handover.body.catalog')}</p>
          <p className={card.text}>
            {t('handover.body.catalogText', { to: to.title })}
          </p>
          {toMove.map(({ entityRef, patch }) => (
            <CopyBlock
              key={entityRef}
              label={entityRef}
              text={patch}
              fileName={patchFileOf(entityRef)}
            />
          ))}
        </div>
      )}
      <HandoverActions handover={handover} onChange={change} />
    </div>
  );
}

function Dates(props: { handover: HandoverDetail }) {
  const { handover } = props;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const { titles, acceptedAt, acceptedBy, endedAt, endedBy, state } = handover;
  const name = (ref: string) =>
    Object.hasOwn(titles, ref) ? titles[ref] : ref.replace(/^.*[:/]/, '');
  return (
    <p className={`${card.text} ${card.muted}`}>
      {t('handover.body.proposed', { who: name(handover.proposedBy) })}
      <RelativeTime value={handover.proposedAt} />
      {acceptedAt && (
        <>
          {' · '}
          {t('handover.body.accepted', { who: name(acceptedBy ?? '') })}
          <RelativeTime value={acceptedAt} />
        </>
      )}
      {' · '}
      {endedAt ? (
        <>
          {endedBy
            ? t('handover.body.ended', {
                state: t(`handover.state.${state}`),
                who: name(endedBy),
              })
            : t('handover.body.endedByScan', {
                state: t(`handover.state.${state}`),
              })}
          <RelativeTime value={endedAt} />
        </>
      ) : (
        <span className={handover.overdue ? toneClass('warning') : undefined}>
          {t(handover.overdue ? 'handover.body.overdue' : 'handover.body.due')}
          <RelativeTime value={handover.dueAt} />
        </span>
      )}
    </p>
  );
}
