import { useEffect, useRef } from 'react';
import styles from './DataTable.module.css';

/** @internal */
export function RowCheckbox(props: {
  label: string;
  checked: boolean;
  mixed?: boolean;
  onChange(): void;
}) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // There is no attribute for it.
    if (input.current) {
      input.current.indeterminate = props.mixed ?? false;
    }
  }, [props.mixed]);
  return (
    <label className={styles.checkbox}>
      <input
        ref={input}
        type="checkbox"
        aria-label={props.label}
        checked={props.checked}
        onChange={props.onChange}
      />
    </label>
  );
}
