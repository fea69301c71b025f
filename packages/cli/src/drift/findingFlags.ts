import type {
  DriftView,
  FindingFilter,
} from '@service-ownership/backstage-plugin-ownership-common';
import { moment, teamRef, text } from '../command/flagTypes';
import type { Shell } from '../command/Shell';
import { showControls } from '../command/showControls';
import { UsageError } from '../command/UsageError';
import type { Portal } from '../portal/Portal';

/**
 * Flags that say which findings are meant.
 *
 * @internal
 */
export const findingFlags = {
  team: {
    type: teamRef('--team'),
    placeholder: '<ref>',
    description:
      'Only what this group and the groups below it own: group:default/payments',
  },
  openedSince: {
    type: moment('--opened-since'),
    placeholder: '<moment>',
    description: 'Only what was first seen since: 2026-11-01',
  },
  assignee: {
    type: text('--assignee'),
    placeholder: '<ref>',
    description:
      'Only what was handed to this person or group; none for what was handed to nobody',
  },
  view: {
    type: text('--view'),
    placeholder: '<name>',
    description:
      'Only what a saved view of the portal shows, by its name or id; other flags narrow it further',
  },
};

/**
 * The filter that the flags ask for.
 *
 * @throws UsageError where there is no such view, or several of the name
 * @internal
 */
export async function findingFilterOf(options: {
  portal: Portal;
  flags: {
    team?: string;
    openedSince?: Date;
    assignee?: string;
    view?: string;
  };
  shell: Shell;
}): Promise<FindingFilter> {
  const { portal, flags, shell } = options;
  const { team, openedSince, assignee, view } = flags;
  return {
    ...(view === undefined
      ? {}
      : (await findView({ portal, view, shell })).filter),
    ...(team === undefined ? {} : { team }),
    ...(openedSince ? { openedSince: openedSince.toISOString() } : {}),
    ...(assignee === undefined ? {} : { assignee }),
  };
}

/**
 * A filter as the query of a call, lists as repeated parameters.
 *
 * @internal
 */
export function queryOf(filter: FindingFilter): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    for (const item of [value].flat()) {
      if (item !== undefined) {
        query.append(name, String(item));
      }
    }
  }
  return query;
}

async function findView(options: {
  portal: Portal;
  view: string;
  shell: Shell;
}): Promise<DriftView> {
  const { portal, view, shell } = options;
  const { items } = await portal.ownership.listDriftViews();
  const byId = items.filter(({ id }) => id === view);
  const found =
    byId.length > 0 ? byId : items.filter(({ name }) => name === view);
  if (found.length === 1) {
    shell.stderr.write(`View: ${showControls(found[0].name)}\n`);
    return found[0];
  }
  if (found.length > 1) {
    throw new UsageError(
      `There are ${found.length} views ${JSON.stringify(
        view,
      )}; give the id of one: ${found.map(({ id }) => id).join(', ')}`,
    );
  }
  throw new UsageError(
    items.length === 0
      ? `There is no view ${JSON.stringify(
          view,
        )}: nobody has shared a view with this token's owner.`
      : `There is no view ${JSON.stringify(view)}. There are: ${items
          .slice(0, 20)
          .map(({ name }) => JSON.stringify(showControls(name)))
          .join(', ')}`,
  );
}
