import { Select } from '@backstage/ui';
import { usePagesTranslation } from '../usePagesTranslation';
import styles from './Screen.module.css';

/**
 * Chooses any number of values of one filter; none is "all".
 *
 * @internal
 */
export function FilterSelect(props: {
  label: string;
  options: Array<{ id: string; label: string }>;
  value: string[];
  onChange(value: string[]): void;
  searchable?: boolean;
}) {
  const { t } = usePagesTranslation();
  return (
    <Select
      className={styles.filterSelect}
      selectionMode="multiple"
      label={props.label}
      placeholder={t('pages.filters.all')}
      options={props.options}
      search={props.searchable ? true : undefined}
      value={props.value}
      onChange={keys => props.onChange(keys.map(String))}
    />
  );
}
