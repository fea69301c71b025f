import { createPermission } from '@backstage/plugin-permission-common';
import type {
  BasicPermission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';

// The resource type of the catalog itself, so that a policy decides with the
// catalog's own rules (IS_ENTITY_OWNER and the rest) and the catalog applies them.
const resourceType = 'catalog-entity' as const;

/**
 * See the ownership of an entity: contract, findings, SLOs, scorecards.
 *
 * @public
 */
export const ownershipReadPermission: ResourcePermission<'catalog-entity'> =
  createPermission({
    name: 'ownership.read',
    attributes: { action: 'read' },
    resourceType,
  });

/**
 * Waive, acknowledge, snooze or hand over a finding of an entity, and answer
 * who is suggested as its owner.
 *
 * @public
 */
export const ownershipFindingWaivePermission: ResourcePermission<'catalog-entity'> =
  createPermission({
    name: 'ownership.finding.waive',
    attributes: { action: 'update' },
    resourceType,
  });

/**
 * State that the contract of an entity is still right.
 *
 * @public
 */
export const ownershipAttestPermission: ResourcePermission<'catalog-entity'> =
  createPermission({
    name: 'ownership.attest',
    attributes: { action: 'update' },
    resourceType,
  });

/**
 * Start a drift scan.
 *
 * @public
 */
export const ownershipScanRunPermission: BasicPermission = createPermission({
  name: 'ownership.scan.run',
  attributes: { action: 'create' },
});

/**
 * Push SLI samples.
 *
 * @public
 */
export const ownershipSliWritePermission: BasicPermission = createPermission({
  name: 'ownership.sli.write',
  attributes: { action: 'create' },
});

/**
 * Start, change and end initiatives, and excuse components from them.
 *
 * @public
 */
export const ownershipInitiativeManagePermission: BasicPermission =
  createPermission({
    name: 'ownership.initiative.manage',
    attributes: { action: 'update' },
  });

/**
 * Propose, accept, decline, cancel and complete handovers of any team. The
 * teams that give and receive need no permission for their own.
 *
 * @public
 */
export const ownershipHandoverManagePermission: BasicPermission =
  createPermission({
    name: 'ownership.handover.manage',
    attributes: { action: 'update' },
  });

/**
 * Send events of deployments and incidents.
 *
 * @public
 */
export const ownershipEventWritePermission: BasicPermission = createPermission({
  name: 'ownership.event.write',
  attributes: { action: 'create' },
});

/**
 * Exclude time from an SLO of an entity, and end that. Apart from waiving
 * findings: it changes what a promise to others was measured by.
 *
 * @public
 */
export const ownershipSloExcludePermission: ResourcePermission<'catalog-entity'> =
  createPermission({
    name: 'ownership.slo.exclude',
    attributes: { action: 'update' },
    resourceType,
  });

/**
 * Push measurements and import costs.
 *
 * @public
 */
export const ownershipMeasurementWritePermission: BasicPermission =
  createPermission({
    name: 'ownership.measurement.write',
    attributes: { action: 'create' },
  });

/**
 * Let old refs of groups and users stand for new ones.
 *
 * @public
 */
export const ownershipAliasManagePermission: BasicPermission = createPermission(
  {
    name: 'ownership.alias.manage',
    attributes: { action: 'update' },
  },
);

/**
 * All permissions of the ownership plugin.
 *
 * @public
 */
export const ownershipPermissions = [
  ownershipReadPermission,
  ownershipFindingWaivePermission,
  ownershipAttestPermission,
  ownershipScanRunPermission,
  ownershipAliasManagePermission,
  ownershipSliWritePermission,
  ownershipSloExcludePermission,
  ownershipEventWritePermission,
  ownershipMeasurementWritePermission,
  ownershipInitiativeManagePermission,
  ownershipHandoverManagePermission,
];
