import { Alert } from '@backstage/ui';
import type { ScorecardConfigurationProblem } from '@service-ownership/backstage-plugin-ownership-common';
import { useDates } from '../screen/useDates';
import { usePagesTranslation } from '../usePagesTranslation';

/**
 * Says that app-config holds scorecards that cannot be used, since when and
 * which are used instead.
 *
 * @internal
 */
export function ConfigurationAlert(props: {
  problem: ScorecardConfigurationProblem;
}) {
  const { t } = usePagesTranslation();
  const { moment } = useDates();
  const { message, since, inUse } = props.problem;
  return (
    <Alert
      status="warning"
      icon
      title={t(`pages.scorecard.configuration.${inUse}`, {
        since: moment(since),
      })}
      description={message}
    />
  );
}
