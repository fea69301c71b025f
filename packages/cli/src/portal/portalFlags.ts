import { text } from '../command/flagTypes';

/**
 * Flags that say which portal is asked, and as whom.
 *
 * @internal
 */
export const portalFlags = {
  url: {
    type: text('--url'),
    placeholder: '<address>',
    description: 'Portal; or set OWNERSHIP_URL',
  },
  token: {
    type: text('--token'),
    placeholder: '<token>',
    description: 'Token for it; better set OWNERSHIP_TOKEN',
  },
};
