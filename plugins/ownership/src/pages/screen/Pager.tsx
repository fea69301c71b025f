import { Button } from '@backstage/ui';
import { RiArrowLeftSLine, RiArrowRightSLine } from '@remixicon/react';
import { usePagesTranslation } from '../usePagesTranslation';
import { useUrlQuery } from './useUrlQuery';
import styles from './Screen.module.css';

/**
 * Where one stands in a list the server pages, and the way on and back. The
 * cursor stands in the address.
 *
 * @internal
 */
export function Pager(props: {
  totalItems: number;
  shown: number;
  pageSize: number;
  pageInfo: { nextCursor?: string; prevCursor?: string };
}) {
  const { t } = usePagesTranslation();
  const { params, change } = useUrlQuery();
  const page = Math.max(1, Number(params.get('page')) || 1);
  const { nextCursor, prevCursor } = props.pageInfo;
  const from = (page - 1) * props.pageSize + 1;

  return (
    <nav className={styles.pager} aria-label={t('pages.table.pages')}>
      <span className={styles.muted}>
        {t('pages.table.range', {
          from: props.shown === 0 ? 0 : from,
          to: from + props.shown - 1,
          total: props.totalItems,
        })}
      </span>
      {(nextCursor || prevCursor || page > 1) && (
        <span className={styles.inline}>
          <Button
            size="small"
            variant="secondary"
            iconStart={<RiArrowLeftSLine />}
            isDisabled={page <= 1}
            onPress={() =>
              change(
                page > 2 && prevCursor
                  ? { cursor: prevCursor, page: page - 1 }
                  : {},
              )
            }
          >
            {t('pages.table.previous')}
          </Button>
          <Button
            size="small"
            variant="secondary"
            iconEnd={<RiArrowRightSLine />}
            isDisabled={!nextCursor}
            onPress={() => change({ cursor: nextCursor, page: page + 1 })}
          >
            {t('pages.table.next')}
          </Button>
        </span>
      )}
    </nav>
  );
}
