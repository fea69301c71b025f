import { createTranslationRef } from '@backstage/core-plugin-api/alpha';
import { contractMessages } from './contract/messages';
import { directoryMessages } from './directory/messages';
import { driftMessages } from './drift/messages';
import { handoverMessages } from './handover/messages';
import { homeMessages } from './home/messages';
import { measureMessages } from './measure/messages';
import { pagesMessages } from './pages/messages';
import { runbookMessages } from './runbook/messages';
import { scorecardMessages } from './scorecard/messages';
import { sloMessages } from './slo/messages';

/**
 * The words of the ownership plugin, by room.
 *
 * @public
 */
export const ownershipTranslationRef = createTranslationRef({
  id: 'plugin.ownership',
  messages: {
    contract: contractMessages,
    directory: directoryMessages,
    drift: driftMessages,
    handover: handoverMessages,
    home: homeMessages,
    measure: measureMessages,
    pages: pagesMessages,
    runbook: runbookMessages,
    scorecard: scorecardMessages,
    slo: sloMessages,
  },
});
