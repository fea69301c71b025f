import type {
  DirectoryAlias,
  Scan,
} from '@service-ownership/backstage-plugin-ownership-common';
import { useEffect, useRef, useState } from 'react';
import { RefWords } from '../../screen/RefWords';
import { useTeams } from '../../screen/TeamsProvider';
import { usePagesTranslation } from '../../usePagesTranslation';
import styles from './Alias.module.css';

/**
 * What became of a reference that was pointed to a team a moment ago: that its
 * components are being healed, then how many are.
 *
 * @internal
 */
export function AliasOutcome(props: {
  /** Absent until one was pointed to a team. */
  from: string | undefined;
  aliases: readonly DirectoryAlias[];
  /** The latest; what it was started for holds when it has completed. */
  scan: Scan | undefined;
  scanning: boolean;
}) {
  const { t } = usePagesTranslation();
  const teams = useTeams();
  const outcome = useRef<HTMLDivElement>(null);
  const { from, aliases, scan, scanning } = props;
  // Later scans change nothing of it.
  const [done, setDone] = useState<string>();
  const completed = !scanning && scan?.state === 'completed';
  useEffect(() => {
    if (!from || completed) {
      setDone(from);
    }
  }, [from, completed]);
  const alias = aliases.find(other => other.from === from);
  const healed = from === done ? alias?.components ?? 0 : 0;

  // The button that asked is gone with what it healed, sooner or later.
  const told = useRef<string>();
  useEffect(() => {
    if (
      healed > 0 &&
      told.current !== from &&
      document.activeElement === document.body
    ) {
      told.current = from;
      outcome.current?.focus();
    }
  });

  let words: string | undefined;
  if (from && healed > 0) {
    words = t('pages.drift.alias.healed', {
      count: healed,
      ref: from,
      team: teams.find(({ ref }) => ref === alias?.to)?.title ?? alias!.to,
    });
  } else if (from && from !== done && scanning) {
    words = t('pages.drift.alias.healing', { ref: from });
  }
  return (
    <div
      ref={outcome}
      role="status"
      tabIndex={-1}
      className={words && styles.outcome}
    >
      {words && <RefWords text={words} />}
    </div>
  );
}
