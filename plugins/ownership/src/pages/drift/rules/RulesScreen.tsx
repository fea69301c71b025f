import { Button, SearchField } from '@backstage/ui';
import {
  EmptyState,
  ErrorState,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { RuleDescription } from '@service-ownership/backstage-plugin-ownership-common';
import { Panel } from '../../screen/Panel';
import { RowsSkeleton } from '../../screen/RowsSkeleton';
import { useUrlQuery } from '../../screen/useUrlQuery';
import { usePagesTranslation } from '../../usePagesTranslation';
import { severities } from '../findingFilter';
import { useRules } from '../useDriftReport';
import { RuleDryRunPanel } from './RuleDryRunPanel';
import { RuleItem } from './RuleItem';
import screen from '../../screen/Screen.module.css';
import styles from './Rules.module.css';

/**
 * The rule catalogue as this portal is set up.
 *
 * @internal
 */
export function RulesScreen() {
  const { t } = usePagesTranslation();
  const { params, change } = useUrlQuery();
  const { value, error, retry } = useRules();
  const text = params.get('text') ?? '';
  const only = params.get('rule');
  const rules = (value?.items ?? []).filter(
    rule => matches(rule, text) && (!only || rule.id === only),
  );

  return (
    <div className={screen.screen}>
      <div className={screen.toolbar}>
        <SearchField
          className={screen.filterSearch}
          size="small"
          label={t('pages.drift.rules.search')}
          value={text}
          onChange={words =>
            change({ text: words || undefined }, { replace: true })
          }
        />
        <p className={styles.intro}>{t('pages.drift.rules.intro')}</p>
      </div>
      {error && (
        <ErrorState
          title={t('pages.drift.rules.errorTitle')}
          error={error}
          retry={retry}
        />
      )}
      {!value && !error && <RowsSkeleton rows={8} height={72} />}
      {value && rules.length === 0 && (
        <EmptyState
          title={
            value.items.length === 0
              ? t('pages.drift.rules.emptyTitle')
              : t('pages.drift.rules.noMatch', { text: text || only || '' })
          }
          description={
            value.items.length === 0
              ? t('pages.drift.rules.emptyNext')
              : undefined
          }
          action={
            value.items.length > 0 && (
              <Button
                variant="secondary"
                onPress={() => change({ text: undefined, rule: undefined })}
              >
                {t('pages.drift.rules.clear')}
              </Button>
            )
          }
        />
      )}
      {only && rules.length > 0 && (
        <div>
          <Button
            size="small"
            variant="secondary"
            onPress={() => change({ rule: undefined })}
          >
            {t('pages.drift.rules.clear')}
          </Button>
        </div>
      )}
      {severities.map(severity => {
        const items = rules.filter(rule => rule.severity === severity);
        return (
          items.length > 0 && (
            <Panel
              key={severity}
              title={t(`pages.severity.${severity}`)}
              note={t('pages.drift.rules.count', { count: items.length })}
            >
              <ul className={screen.plainList}>
                {items.map(rule => (
                  <RuleItem key={rule.id} rule={rule} opened={!!only} />
                ))}
              </ul>
            </Panel>
          )
        );
      })}
      <RuleDryRunPanel />
    </div>
  );
}

function matches(rule: RuleDescription, text: string): boolean {
  const words = text.trim().toLocaleLowerCase();
  return [rule.id, rule.title, rule.why].some(part =>
    part.toLocaleLowerCase().includes(words),
  );
}
