import type { OwnershipApi } from '@service-ownership/backstage-plugin-ownership-common';

const methods: Array<keyof OwnershipApi> = [
  'getEntity',
  'getEntitiesByRefs',
  'listEntities',
  'listBadges',
  'attest',
  'attestAll',
  'getOwnerSuggestions',
  'acceptOwner',
  'rejectOwner',
  'getContract',
  'validateContract',
  'getRunbookContent',
  'listFindings',
  'getFinding',
  'waiveFinding',
  'withdrawWaiver',
  'approveWaiver',
  'rejectWaiver',
  'commentFinding',
  'deleteComment',
  'assignFinding',
  'changeFindings',
  'acknowledgeFinding',
  'getDriftSummary',
  'getDriftHistory',
  'listTombstones',
  'downloadReport',
  'downloadTable',
  'startScan',
  'getScan',
  'cancelScan',
  'listScans',
  'listRules',
  'dryRunRules',
  'listDriftViews',
  'createDriftView',
  'changeDriftView',
  'deleteDriftView',
  'listAliases',
  'suggestAliases',
  'putAlias',
  'deleteAlias',
  'listSlos',
  'getSloRollup',
  'getSlo',
  'getSloDiscovery',
  'getSloHistory',
  'listSloExclusions',
  'addSloExclusion',
  'endSloExclusion',
  'pushSamples',
  'listHandovers',
  'getHandover',
  'proposeHandover',
  'answerHandover',
  'checkHandoverItem',
  'listInitiatives',
  'getInitiative',
  'listInitiativeEntities',
  'previewInitiative',
  'createInitiative',
  'changeInitiative',
  'deleteInitiative',
  'exemptFromInitiative',
  'withdrawInitiativeExemption',
  'getEntityMeasures',
  'listMeasured',
  'getMeasureRollup',
  'pushEvents',
  'pushMeasurements',
  'listScorecards',
  'getScorecardDefinition',
  'tryScorecard',
  'listScorecardResults',
  'getScorecardRollup',
  'getScorecardHistory',
  'getScorecardMovers',
  'getEntityScorecardHistory',
  'listBriefs',
  'getWeeklyDigest',
  'getOverview',
];

/**
 * The ownership API with the answers a test needs; any other call fails.
 *
 * @internal
 */
export function mockOwnershipApi(
  answers: Partial<OwnershipApi>,
): jest.Mocked<OwnershipApi> {
  const silent = Object.fromEntries(
    methods.map(name => [
      name,
      async () => {
        throw new Error(`${name} has no answer in this test`);
      },
    ]),
  );
  return Object.fromEntries(
    Object.entries({ ...silent, ...answers }).map(([name, answer]) => [
      name,
      jest.fn(answer as () => Promise<unknown>),
    ]),
  ) as unknown as jest.Mocked<OwnershipApi>;
}
