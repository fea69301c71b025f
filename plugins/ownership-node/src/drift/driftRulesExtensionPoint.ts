import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { DriftRule } from '@service-ownership/backstage-plugin-ownership-common';

/**
 * Adds drift rules written in code.
 *
 * @public
 */
export interface OwnershipDriftRulesExtensionPoint {
  /**
   * Adds rules to the catalogue; they are configured under
   * `ownership.drift.rules.<id>` like the built-in ones.
   *
   * @param rules - rules whose ids are not taken yet; a taken id fails the
   * start of the backend with a message that names it
   */
  addRules(...rules: DriftRule[]): void;
}

/**
 * Where modules add drift rules.
 *
 * @public
 */
export const ownershipDriftRulesExtensionPoint =
  createExtensionPoint<OwnershipDriftRulesExtensionPoint>({
    id: 'ownership.driftRules',
  });
