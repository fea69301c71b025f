import type {
  ContractState,
  EffectiveContract,
  EntityOwnership,
  Owner,
  Person,
} from '@service-ownership/backstage-plugin-ownership-common';

/**
 * What the scan knows of a component beyond the columns of its row: the JSON
 * in `components.document`. Everything the entity page needs that does not
 * change between two scans.
 */
export interface ComponentDocument {
  /** The `ownedBy` targets in the order of their refs. */
  owners: Owner[];
  /** The captain of the effective contract, resolving or not. */
  captain?: Person;
  /** The effective contract with the provenance of its fields. */
  contract: EffectiveContract;
  contractStatus: ContractState['status'];
  /** Errors first, then warnings. */
  contractProblems: ContractState['errors'];
  /** Where the contract was found; several where it is a duplicate. */
  contractSources: ContractState['sources'];
  /** Last statement that the contract is right, by contract or attestation. */
  review?: {
    /** As written in the contract, or ISO 8601 of the attestation. */
    reviewedAt?: string;
    reviewedBy?: string;
    /** ISO 8601 in UTC; also in the column `review_due_at`. */
    dueAt?: string;
  };
  /** Display names by ref, for every principal and entity the document names. */
  titles: Record<string, string>;
  /** Best first; only for an orphaned component. */
  suggestedOwners?: EntityOwnership['suggestedOwners'];
  /** As much of the entity as a ready-made contract is written from. */
  entity: {
    apiVersion: string;
    kind: string;
    metadata: {
      name: string;
      namespace: string;
      title?: string;
      description?: string;
      annotations?: Record<string, string>;
      links?: Array<{ url: string; title?: string; type?: string }>;
    };
    spec: {
      type?: string;
      lifecycle?: string;
      owner?: string;
      system?: string;
    };
  };
}
