import type {
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { ownershipHandoverManagePermission } from '@service-ownership/backstage-plugin-ownership-common';
import type { Visibility, VisibleRefs } from '../api/Visibility';

/** What somebody may hand over: what their teams own, or anything. */
export interface HandoverStanding {
  /** Refs the user goes by: their own and their groups'; of a service none. */
  principals: ReadonlySet<string>;
  /** Whether they hold `ownership.handover.manage`. */
  manages: boolean;
}

/** Who asks something of handovers, and as whom. */
export interface HandoverCaller extends HandoverStanding {
  /** The user's ref, or `service:<subject>`. */
  ref: string;
  visible: VisibleRefs;
}

interface Asking {
  credentials: BackstageCredentials;
  visibility: Visibility;
  userInfo: UserInfoService;
}

/** Finds out who asks. */
export async function readHandoverCaller(
  options: Asking & { caller: string },
): Promise<HandoverCaller> {
  const { credentials, caller, visibility } = options;
  const [standing, visible] = await Promise.all([
    readHandoverStanding(options),
    visibility.visibleRefs(credentials),
  ]);
  return { ref: caller, ...standing, visible };
}

/** Finds out what somebody may hand over. */
export async function readHandoverStanding(
  options: Asking,
): Promise<HandoverStanding> {
  const { credentials, visibility } = options;
  const [principals, manages] = await Promise.all([
    readPrincipals(options),
    visibility
      .require(ownershipHandoverManagePermission, credentials)
      .then(() => true, refused),
  ]);
  return { principals: new Set(principals), manages };
}

async function readPrincipals(options: {
  credentials: BackstageCredentials;
  userInfo: UserInfoService;
}): Promise<string[]> {
  const { credentials, userInfo } = options;
  if (!('userEntityRef' in (credentials.principal as object))) {
    return [];
  }
  const { userEntityRef, ownershipEntityRefs } = await userInfo.getUserInfo(
    credentials,
  );
  return [userEntityRef, ...ownershipEntityRefs].map(ref =>
    ref.toLocaleLowerCase('en-US'),
  );
}

function refused(error: unknown): false {
  if (error instanceof NotAllowedError) {
    return false;
  }
  throw error;
}
