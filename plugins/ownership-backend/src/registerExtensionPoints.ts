import type { BackendPluginRegistrationPoints } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  driftRules,
  type DriftRule,
} from '@service-ownership/backstage-plugin-ownership-common';
import {
  ownershipDriftRulesExtensionPoint,
  ownershipOnCallProvidersExtensionPoint,
  type OnCallProvider,
} from '@service-ownership/backstage-plugin-ownership-node';

/**
 * Opens the extension points; what modules add is in the answer by the time
 * the plugin starts.
 */
export function registerExtensionPoints(
  env: Pick<BackendPluginRegistrationPoints, 'registerExtensionPoint'>,
): { rules: DriftRule[]; onCallProviders: OnCallProvider[] } {
  const rules: DriftRule[] = [...driftRules];
  const onCallProviders: OnCallProvider[] = [];

  env.registerExtensionPoint(ownershipDriftRulesExtensionPoint, {
    addRules(...added) {
      for (const rule of added) {
        refuseTaken('drift rule', rule.id, rules);
        rules.push(rule);
      }
    },
  });
  env.registerExtensionPoint(ownershipOnCallProvidersExtensionPoint, {
    addProviders(...added) {
      for (const provider of added) {
        refuseTaken('on-call provider', provider.id, [
          { id: 'static' },
          ...onCallProviders,
        ]);
        onCallProviders.push(provider);
      }
    },
  });
  return { rules, onCallProviders };
}

function refuseTaken(what: string, id: string, taken: Array<{ id: string }>) {
  if (taken.some(other => other.id === id)) {
    throw new ConflictError(`There is a ${what} "${id}" already`);
  }
}
