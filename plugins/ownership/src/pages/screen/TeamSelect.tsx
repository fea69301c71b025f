import { Select } from '@backstage/ui';
import { usePagesTranslation } from '../usePagesTranslation';
import { noneText } from './noneText';
import type { Team } from './useTeamList';
import styles from './Screen.module.css';

const everyone = 'everyone';

/**
 * Chooses a group, or the whole organisation; the reader's own groups first.
 *
 * @internal
 */
export function TeamSelect(props: {
  label: string;
  teams: Team[];
  value?: string;
  onChange(ref: string | undefined): void;
}) {
  const { t } = usePagesTranslation();
  const { teams, value } = props;
  const mine = teams.filter(team => team.mine);
  const others = teams.filter(team => !team.mine);
  const known = !value || teams.some(team => team.ref === value);
  const option = (team: { ref: string; title: string }) => ({
    id: team.ref,
    label: team.title,
  });

  return (
    <Select
      className={styles.teamSelect}
      label={props.label}
      search={{ placeholder: t('pages.filters.findTeam') }}
      value={value ?? everyone}
      onChange={key =>
        props.onChange(key === everyone ? undefined : String(key))
      }
      options={[
        { id: everyone, label: t('pages.filters.wholeOrganisation') },
        // A team of a shared link stays chosen, in the catalog or not.
        ...(known
          ? []
          : [
              {
                id: value,
                label: noneText({ t, name: 'team', value }) ?? value,
              },
            ]),
        ...(mine.length > 0
          ? [
              {
                title: t('pages.filters.myTeams'),
                options: mine.map(option),
              },
            ]
          : []),
        ...(others.length > 0
          ? [
              {
                title: t('pages.filters.allTeams'),
                options: others.map(option),
              },
            ]
          : []),
      ]}
    />
  );
}
