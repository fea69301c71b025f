import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Skeleton, VisuallyHidden } from '@backstage/ui';
import { ownershipReactTranslationRef } from '../translation';
import styles from './Frame.module.css';

/**
 * The shape of a card's content while it is on its way.
 *
 * @public
 */
export function CardSkeleton(props: {
  /** Height and width of each part, top to bottom; a number is pixels. */
  parts: ReadonlyArray<{ height: number; width?: number | string }>;
}) {
  const { t } = useTranslationRef(ownershipReactTranslationRef);
  return (
    <div className={styles.skeleton} role="status">
      <VisuallyHidden>{t('loading')}</VisuallyHidden>
      {props.parts.map((part, index) => (
        <Skeleton
          key={index}
          height={part.height}
          width={part.width ?? '100%'}
          aria-hidden="true"
        />
      ))}
    </div>
  );
}
