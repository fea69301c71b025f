import type { BackendPluginRegistrationPoints } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  driftRules,
  type DriftRule,
} from '@service-ownership/backstage-plugin-ownership-common';
import {
  ownershipDriftRulesExtensionPoint,
  ownershipOnCallProvidersExtensionPoint,
  ownershipSliSourcesExtensionPoint,
  type OnCallProvider,
  type SliSource,
} from '@service-ownership/backstage-plugin-ownership-node';
import { isolateRule } from './drift/isolateRule';

/**
 * Opens the extension points; what modules add is in the answer by the time
 * the plugin starts.
 */
export function registerExtensionPoints(
  env: Pick<BackendPluginRegistrationPoints, 'registerExtensionPoint'>,
): {
  rules: DriftRule[];
  onCallProviders: OnCallProvider[];
  sliSources: SliSource[];
} {
  const rules: DriftRule[] = [...driftRules];
  const onCallProviders: OnCallProvider[] = [];
  const sliSources: SliSource[] = [];

  env.registerExtensionPoint(ownershipDriftRulesExtensionPoint, {
    addRules(...added) {
      for (const rule of added) {
        refuseTaken('drift rule', rule.id, rules);
        rules.push(isolateRule(rule));
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
  env.registerExtensionPoint(ownershipSliSourcesExtensionPoint, {
    addSources(...added) {
      for (const source of added) {
        refuseTaken('source of SLIs', source.id, sliSources);
        sliSources.push(source);
      }
    },
  });
  return { rules, onCallProviders, sliSources };
}

function refuseTaken(what: string, id: string, taken: Array<{ id: string }>) {
  if (taken.some(other => other.id === id)) {
    throw new ConflictError(`There is a ${what} "${id}" already`);
  }
}
