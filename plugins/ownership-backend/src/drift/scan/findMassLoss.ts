import {
  massLoss,
  minuteText,
  type Directory,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { DriftConfig } from '../DriftConfig';
import type { LivingOwner } from '../store/readLivingOwners';

/**
 * Why a scan must not go on, in words, or `undefined` where it may. A loss
 * that lasts longer than an outage would is taken for real.
 */
export function findMassLoss(options: {
  /** Owners that the last scan still found. */
  livingBefore: LivingOwner[];
  directory: Directory;
  /** Since when scans are suspended; ISO 8601. */
  suspendedSince?: string;
  now: Date;
  config: DriftConfig['massLoss'];
}): string | undefined {
  const { livingBefore, directory, suspendedSince, now, config } = options;
  const loss = massLoss({
    previousOwners: livingBefore.map(({ ref }) => ref),
    nowMissing: livingBefore.flatMap(({ ref }) =>
      directory.get(ref) ? [] : ref,
    ),
    nowEmpty: livingBefore.flatMap(({ ref, hadMembers }) =>
      hadMembers && directory.get(ref)?.activeMemberCount === 0 ? ref : [],
    ),
    share: config.share,
    atLeast: config.minimum,
  });
  const since = suspendedSince ? new Date(suspendedSince) : now;
  const acceptedAt = new Date(since.getTime() + config.acceptAfterMs);
  if (!loss || acceptedAt <= now) {
    return undefined;
  }
  return `${loss}. That looks like an outage of the organisation's directory, so every verdict stays as it was. If it lasts, it counts as real from ${minuteText(
    acceptedAt,
  )} (ownership.drift.massLoss).`;
}
