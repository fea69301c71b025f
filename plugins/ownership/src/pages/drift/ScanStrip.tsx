import { Button } from '@backstage/ui';
import { RiRadarLine } from '@remixicon/react';
import type { Scan } from '@service-ownership/backstage-plugin-ownership-common';
import type { ReactNode } from 'react';
import { RelativeTime } from '@service-ownership/backstage-plugin-ownership-react';
import { usePagesTranslation } from '../usePagesTranslation';
import type { PagesText } from '../usePagesTranslation';
import { useDuration } from '../screen/useDuration';
import screen from '../screen/Screen.module.css';
import styles from './Drift.module.css';

/**
 * When the last scan was and how it went, or how far the running one is.
 *
 * @internal
 */
export function ScanStrip(props: {
  scan?: Scan;
  /** There was none yet. */
  never: boolean;
  running: boolean;
  starting: boolean;
  /** Why it is not known whether there was one. */
  loadError?: Error;
  error?: Error;
  start(): void;
  cancelling: boolean;
  cancelError?: Error;
  cancel(): void;
  actions?: ReactNode;
}) {
  const { t } = usePagesTranslation();
  const { scan, running, starting, error } = props;
  return (
    <div className={styles.scanStrip}>
      <div className={styles.scanWords} role="status">
        {scan && <ScanWords scan={scan} running={running} />}
        {props.never && (
          <>
            <span className={screen.strong}>
              {t('pages.drift.scan.neverTitle')}
            </span>{' '}
            <span className={screen.muted}>
              {t('pages.drift.scan.neverNext')}
            </span>
          </>
        )}
        {props.loadError && (
          <span className={styles.scanError}>
            {t('pages.drift.scan.unknown')}: {props.loadError.message}
          </span>
        )}
        {error && (
          <span className={styles.scanError}>
            {running
              ? t('pages.drift.scan.lost')
              : t('pages.drift.scan.startFailed')}
            : {error.message}
          </span>
        )}
        {props.cancelError && (
          <span className={styles.scanError}>
            {t('pages.drift.scan.cancelFailed')}: {props.cancelError.message}
          </span>
        )}
      </div>
      <div className={screen.toolbarEnd}>
        {props.actions}
        {running && (
          <Button
            size="small"
            variant="secondary"
            isDisabled={props.cancelling}
            onPress={props.cancel}
          >
            {t('pages.drift.scan.cancel')}
          </Button>
        )}
        <Button
          size="small"
          variant="primary"
          iconStart={<RiRadarLine />}
          isDisabled={running || starting}
          onPress={props.start}
        >
          {starting
            ? t('pages.drift.scan.starting')
            : t('pages.drift.scan.start')}
        </Button>
      </div>
    </div>
  );
}

function ScanWords(props: { scan: Scan; running: boolean }) {
  const { t } = usePagesTranslation();
  const duration = useDuration();
  const { scan, running } = props;
  if (running) {
    const words =
      scan.total > 0
        ? t('pages.drift.scan.running', {
            processed: scan.processed,
            total: scan.total,
          })
        : t('pages.drift.scan.counting');
    return (
      <span className={styles.scanProgress}>
        <span>
          {scan.state === 'queued' ? t('pages.drift.scan.queued') : words}
        </span>
        <progress
          className={styles.progress}
          aria-label={t('pages.drift.scan.progress')}
          max={scan.total || undefined}
          value={scan.total > 0 ? scan.processed : undefined}
        />
      </span>
    );
  }
  return (
    <>
      <span className={screen.strong}>
        {t('pages.drift.scan.last', {
          state: t(`pages.drift.scan.state.${scan.state}`),
        })}
      </span>{' '}
      <RelativeTime value={scan.finishedAt ?? scan.startedAt} />
      <span className={screen.muted}>
        {[
          t('pages.drift.scan.looked', { count: scan.total || scan.processed }),
          ...(scan.finishedAt
            ? [
                t('pages.drift.scan.took', {
                  duration: duration(
                    (Date.parse(scan.finishedAt) - Date.parse(scan.startedAt)) /
                      1000,
                  ),
                }),
              ]
            : []),
          ...changesOf(scan, t),
        ].map(part => ` · ${part}`)}
      </span>
    </>
  );
}

function changesOf(scan: Scan, t: PagesText): string[] {
  if (scan.state !== 'completed') {
    return [];
  }
  const changes = [
    scan.opened > 0 && t('pages.drift.scan.opened', { count: scan.opened }),
    scan.reopened > 0 &&
      t('pages.drift.scan.reopened', { count: scan.reopened }),
    scan.closed > 0 && t('pages.drift.scan.closed', { count: scan.closed }),
  ].filter((text): text is string => Boolean(text));
  return changes.length > 0 ? changes : [t('pages.drift.scan.noChange')];
}
