import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Checkbox } from '@backstage/ui';
import type { HandoverDetail } from '@service-ownership/backstage-plugin-ownership-common';
import {
  ownershipApiRef,
  reasonOf,
  RelativeTime,
  toneClass,
} from '@service-ownership/backstage-plugin-ownership-react';
import { useState } from 'react';
import card from '../entity/Card.module.css';
import { ownershipTranslationRef } from '../translation';
import styles from './Handover.module.css';

/**
 * What has to be done before the handover is complete, to be ticked off by
 * either team.
 *
 * @internal
 */
export function HandoverChecklist(props: {
  handover: HandoverDetail;
  onChange(handover: HandoverDetail): void;
}) {
  const { handover, onChange } = props;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const api = useApi(ownershipApiRef);
  const [busy, setBusy] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const { checklist, titles, to, state } = handover;
  const check = async (item: string, done: boolean) => {
    setBusy(item);
    setProblem(undefined);
    try {
      onChange(await api.checkHandoverItem(handover.id, item, done));
    } catch (error) {
      const reason = reasonOf(error).message;
      setProblem(t('handover.action.failed', { reason }));
    }
    setBusy(undefined);
  };
  const nameOf = (ref: string) =>
    Object.hasOwn(titles, ref) ? titles[ref] : ref.replace(/^.*[:/]/, '');
  return (
    <div>
      <p className={card.label}>{t('handover.body.checklist')}</p>
      <p className={`${card.text} ${card.small}`} role="status">
        {checklist.length === 0
          ? t('handover.body.nothing')
          : t('handover.body.progress', {
              done: String(checklist.filter(({ done }) => done).length),
              items: String(checklist.length),
            })}
        {state === 'proposed' &&
          checklist.length > 0 &&
          ` · ${t('handover.body.later', { to: to.title })}`}
      </p>
      <ul className={styles.checklist}>
        {checklist.map(({ id, title, done, doneAt, doneBy }) => (
          <li key={id}>
            <Checkbox
              isSelected={done}
              isDisabled={!handover.may.check || busy === id}
              onChange={selected => check(id, selected)}
            >
              {title}
            </Checkbox>
            {doneAt && (
              <div className={`${card.small} ${styles.done}`}>
                {doneBy && t('handover.body.doneBy', { who: nameOf(doneBy) })}
                <RelativeTime value={doneAt} />
              </div>
            )}
          </li>
        ))}
      </ul>
      {problem && (
        <p role="alert" className={`${styles.reason} ${toneClass('bad')}`}>
          {problem}
        </p>
      )}
    </div>
  );
}
