import type {
  ContractMarker,
  Problem,
} from '@service-ownership/backstage-plugin-ownership-common';

/** Why a contract could not be read from its file. */
export class ContractFileError extends Error implements ContractMarker {
  readonly kind: ContractMarker['kind'];
  readonly problems?: Problem[];

  constructor(marker: ContractMarker) {
    super(marker.message);
    this.name = 'ContractFileError';
    this.kind = marker.kind;
    this.problems = marker.problems;
  }
}
