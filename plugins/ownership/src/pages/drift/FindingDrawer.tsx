import { BgProvider, ButtonIcon } from '@backstage/ui';
import { RiCloseLine } from '@remixicon/react';
import {
  EntityName,
  ErrorState,
  SeverityLabel,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { FindingDetail } from '@service-ownership/backstage-plugin-ownership-common';
import { useEffect, useRef } from 'react';
import { RowsSkeleton } from '../screen/RowsSkeleton';
import type { Loaded } from '../screen/useLoaded';
import { usePagesTranslation } from '../usePagesTranslation';
import { FindingActions } from './FindingActions';
import { FindingBody } from './FindingBody';
import screen from '../screen/Screen.module.css';
import styles from './Drift.module.css';

/**
 * One finding beside the list. Escape closes it; the list stays at hand.
 *
 * @internal
 */
export function FindingDrawer(props: {
  id: string;
  finding: Loaded<FindingDetail>;
  onClose(): void;
  onWaive(): void;
  /** Asks where a reference that leads nowhere is to lead. */
  onRepoint(ref: string): void;
  onChanged(): void;
}) {
  const { t } = usePagesTranslation();
  const { id, finding, onClose } = props;
  const title = useRef<HTMLHeadingElement>(null);
  const value = finding.value?.id === id ? finding.value : undefined;
  const ready = value !== undefined;
  const drawer = useRef<HTMLElement>(null);
  const close = useRef(onClose);
  close.current = onClose;

  useEffect(() => {
    const element = drawer.current;
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        close.current();
      }
    };
    element?.addEventListener('keydown', listen);
    return () => element?.removeEventListener('keydown', listen);
  }, []);

  useEffect(() => {
    if (ready) {
      title.current?.focus();
    }
  }, [id, ready]);

  // A button that was pressed may be gone with what it did.
  useEffect(() => {
    if (document.activeElement === document.body) {
      title.current?.focus({ preventScroll: true });
    }
  }, [value]);

  return (
    <aside
      ref={drawer}
      className={styles.drawer}
      aria-label={t('pages.drift.detail.label')}
      aria-busy={!value && !finding.error}
    >
      <BgProvider bg="neutral-1">
        <header className={styles.drawerHead}>
          <div className={screen.stack}>
            {value && (
              <span className={screen.inline}>
                <SeverityLabel severity={value.severity} />
                <span className={screen.muted}>
                  {t(`pages.drift.findingState.${value.state}`)}
                </span>
                <EntityName
                  entityRef={value.entityRef}
                  title={value.entityTitle}
                />
              </span>
            )}
            <h2 ref={title} tabIndex={-1} className={styles.drawerTitle}>
              {value?.message ?? t('pages.drift.detail.label')}
            </h2>
          </div>
          <ButtonIcon
            className={screen.pushEnd}
            variant="tertiary"
            icon={<RiCloseLine />}
            aria-label={t('pages.drift.detail.close')}
            onPress={onClose}
          />
        </header>
        <div className={styles.drawerBody}>
          {finding.error && (
            <ErrorState
              title={t('pages.drift.detail.errorTitle')}
              error={finding.error}
              retry={finding.retry}
            />
          )}
          {!value && !finding.error && <RowsSkeleton rows={8} />}
          {value && (
            <FindingBody
              finding={value}
              onRepoint={props.onRepoint}
              onChanged={props.onChanged}
            />
          )}
        </div>
        {value && value.state !== 'closed' && (
          <FindingActions
            finding={value}
            onWaive={props.onWaive}
            onChanged={props.onChanged}
          />
        )}
      </BgProvider>
    </aside>
  );
}
