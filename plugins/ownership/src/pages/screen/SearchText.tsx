import { SearchField } from '@backstage/ui';
import { useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';
import { useUrlQuery } from './useUrlQuery';
import styles from './Screen.module.css';

/**
 * Words to look for, kept in the address as `text`.
 *
 * @internal
 */
export function SearchText(props: { label: string }) {
  const { params, change } = useUrlQuery();
  const inAddress = params.get('text') ?? '';
  const [typed, setTyped] = useState(inAddress);
  const [seen, setSeen] = useState(inAddress);
  // Back, forward and "clear filters" change the address under the field.
  if (seen !== inAddress) {
    setSeen(inAddress);
    if (typed.trim() !== inAddress) {
      setTyped(inAddress);
    }
  }
  useDebounce(
    () => {
      if (typed.trim() !== inAddress) {
        change({ text: typed.trim() || undefined }, { replace: true });
      }
    },
    300,
    [typed],
  );
  return (
    <SearchField
      className={styles.filterSearch}
      size="small"
      label={props.label}
      placeholder={props.label}
      value={typed}
      onChange={setTyped}
    />
  );
}
