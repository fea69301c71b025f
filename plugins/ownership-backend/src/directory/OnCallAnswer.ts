import {
  staticRotation,
  type EffectiveContract,
  type OnCall,
  type Person,
} from '@service-ownership/backstage-plugin-ownership-common';

/**
 * What is stored about the rotation of a component; columns of
 * `on_call_rotations` and `on_call_shifts`.
 */
export interface OnCallColumns {
  rotation_people: string | null;
  shift_people: string | null;
  shift_until: string | null;
  shift_url: string | null;
  shift_unknown_reason: string | null;
}

/**
 * Who is on call for a component now, from its contract and from what the
 * providers said last; nobody is asked.
 */
export function answerOnCall(options: {
  onCall: EffectiveContract['onCall'];
  stored: OnCallColumns;
  /** Ids of the providers that are installed. */
  providers: ReadonlySet<string>;
  now: Date;
}): OnCall | undefined {
  const { onCall, stored, providers, now } = options;
  if (!onCall) {
    return undefined;
  }
  const { provider, ref } = onCall;
  const unknown = (unknownReason: string): OnCall => ({
    provider,
    ref,
    people: [],
    unknownReason,
  });

  if (provider === 'static') {
    if (stored.rotation_people === null) {
      return unknown('Not looked up yet: the next scan will');
    }
    const people: Record<string, Person[]> = JSON.parse(stored.rotation_people);
    if (!onCall.rotation) {
      return { provider, ref, people: people[ref] ?? [] };
    }
    const shift = staticRotation({ rotation: onCall.rotation, now });
    return shift.problem !== undefined
      ? unknown(shift.problem)
      : {
          provider,
          ref,
          people: shift.participant ? people[shift.participant] ?? [] : [],
          until: shift.until.toISOString(),
        };
  }
  if (!providers.has(provider)) {
    return unknown(`No on-call provider "${provider}" is installed`);
  }
  if (stored.shift_people === null) {
    return unknown(`${provider} has not been asked yet`);
  }
  if (stored.shift_unknown_reason !== null) {
    return unknown(stored.shift_unknown_reason);
  }
  return {
    provider,
    ref,
    people: JSON.parse(stored.shift_people),
    until: stored.shift_until ?? undefined,
    url: stored.shift_url ?? undefined,
  };
}
