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
  const [principals, manages, visible] = await Promise.all([
    readPrincipals(options),
    readManages(options),
    visibility.visibleRefs(credentials),
  ]);
  return { ref: caller, principals: new Set(principals), manages, visible };
}

/**
 * Whether somebody may hand over what these own. Where the user's groups cannot
 * be had the answer is no: a page is not held up by what it merely offers.
 */
export async function mayHandOver(
  options: Asking & { owners: readonly string[] },
): Promise<boolean> {
  if (await readManages(options)) {
    return true;
  }
  const principals = await readPrincipals(options).catch(() => []);
  return principals.some(ref => options.owners.includes(ref));
}

function readManages(options: Asking): Promise<boolean> {
  const { credentials, visibility } = options;
  return visibility
    .require(ownershipHandoverManagePermission, credentials)
    .then(() => true, refused);
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
