import GroupOutlinedIcon from '@material-ui/icons/GroupOutlined';
import PersonOutlineIcon from '@material-ui/icons/PersonOutline';
import { EntityName } from './EntityName';
import styles from './TeamLink.module.css';

/**
 * A team or a person with an icon that tells which, linked to their page. A
 * ref that leads nowhere is shown as text.
 *
 * @public
 */
export function TeamLink(props: {
  entityRef: string;
  title?: string;
  /** False where the ref is not in the catalog; then it is not a link. */
  resolves?: boolean;
}) {
  const { entityRef, title, resolves = true } = props;
  const Icon = /^user:/i.test(entityRef)
    ? PersonOutlineIcon
    : GroupOutlinedIcon;
  return (
    <span className={styles.team}>
      <Icon aria-hidden="true" fontSize="inherit" />
      {resolves ? (
        <EntityName entityRef={entityRef} title={title} />
      ) : (
        <span className={styles.gone}>{title ?? entityRef}</span>
      )}
    </span>
  );
}
