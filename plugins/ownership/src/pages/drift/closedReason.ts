import type { PagesText } from '../usePagesTranslation';

const reasons = {
  passed: 'passed',
  'not-asked': 'notAsked',
  superseded: 'superseded',
  'entity-removed': 'entityRemoved',
  'kind-not-scanned': 'kindNotScanned',
  'rule-disabled': 'ruleDisabled',
} as const;

/**
 * Why a finding was closed, in words; a reason nobody knows as it is.
 *
 * @internal
 */
export function closedReason(options: { t: PagesText; reason: string }) {
  const { t, reason } = options;
  return Object.hasOwn(reasons, reason)
    ? t(`pages.drift.detail.reason.${reasons[reason as keyof typeof reasons]}`)
    : reason;
}
