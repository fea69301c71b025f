import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  RiCheckLine,
  RiCloseLine,
  RiQuestionLine,
  RiTimeLine,
} from '@remixicon/react';
import { toneClass } from '@service-ownership/backstage-plugin-ownership-react';
import { ownershipTranslationRef } from '../translation';
import styles from './Scorecard.module.css';

const looks = {
  pass: { tone: 'good', icon: RiCheckLine, word: 'pass' },
  fail: { tone: 'bad', icon: RiCloseLine, word: 'fail' },
  unknown: { tone: 'muted', icon: RiQuestionLine, word: 'isUnknown' },
  waived: { tone: 'muted', icon: RiTimeLine, word: 'waived' },
} as const;

/**
 * A rule of a scorecard with its outcome.
 *
 * @internal
 */
export function RuleStep(props: { status: keyof typeof looks; title: string }) {
  const { t } = useTranslationRef(ownershipTranslationRef);
  const { tone, icon: Icon, word } = looks[props.status];
  return (
    <span className={`${styles.step} ${toneClass(tone)}`}>
      <Icon size="1.1em" role="img" aria-label={t(`scorecard.card.${word}`)} />
      <span>{props.title}</span>
    </span>
  );
}
