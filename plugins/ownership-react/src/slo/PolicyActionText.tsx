import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { PolicyAction } from '@service-ownership/backstage-plugin-ownership-common';
import { useLanguage } from '../frame/useLanguage';
import { ownershipReactTranslationRef } from '../translation';

/**
 * What an error-budget policy asks for, since when and in what words: "Freeze
 * since 19 Nov: only fixes ship."
 *
 * @public
 */
export function PolicyActionText(props: {
  action: PolicyAction;
  /** Default: the present moment. The year is said where it is another one. */
  now?: Date;
}) {
  const { action, since, description } = props.action;
  const { t } = useTranslationRef(ownershipReactTranslationRef);
  const language = useLanguage();
  const name = action.charAt(0).toLocaleUpperCase(language) + action.slice(1);
  const at = since === undefined ? undefined : new Date(since);
  const now = props.now ?? new Date();
  return (
    <>
      <strong>
        {name}
        {at && (
          <>
            {' '}
            {t('policy.since')}{' '}
            <time
              dateTime={since}
              title={new Intl.DateTimeFormat(language, {
                dateStyle: 'full',
                timeStyle: 'long',
              }).format(at)}
            >
              {new Intl.DateTimeFormat(language, {
                day: 'numeric',
                month: 'short',
                ...(at.getFullYear() !== now.getFullYear() && {
                  year: 'numeric',
                }),
              }).format(at)}
            </time>
          </>
        )}
      </strong>
      {description && `: ${description}`}
    </>
  );
}
