import { describeTime } from './describeTime';
import { useLanguage } from './useLanguage';

/**
 * A moment as people say it, "3 days ago", with the exact one on hover. What
 * is not a moment is shown as it was written.
 *
 * @public
 */
export function RelativeTime(props: {
  /** ISO 8601. */
  value: string;
  /** Default: the present moment. */
  now?: Date;
}) {
  const language = useLanguage();
  const time = describeTime({
    value: props.value,
    now: props.now ?? new Date(),
    language,
  });
  if (!time) {
    return <span>{props.value}</span>;
  }
  return (
    <time dateTime={props.value} title={time.exact}>
      {time.relative}
    </time>
  );
}
