import type { SloDefinition } from '../types';
import {
  durationShorthandSeconds,
  parseDurationShorthand,
} from './durationShorthand';
import { describeValue } from './SloReader';
import type { ReadingNotes } from './SloReader';

/** Which budgeting methods have which field. */
const sliceFields: Array<
  [key: string, methods: Array<SloDefinition['budgetingMethod']>]
> = [
  ['timeSliceTarget', ['Timeslices']],
  ['timeSliceWindow', ['Timeslices', 'RatioTimeslices']],
];

type SliceFields = Pick<SloDefinition, 'timeSliceTarget' | 'timeSliceSeconds'>;

/**
 * Reads `target` or `targetPercent`. A target of 100 % leaves no budget and
 * one of 0 % promises nothing: both are problems.
 *
 * @internal
 */
export function readTarget(options: {
  objective: Record<string, unknown>;
  path: string;
  notes: ReadingNotes;
}): number | undefined {
  const { objective, path, notes } = options;
  const { targetPercent } = objective;
  const target = numberOf(objective.target);
  if (target !== undefined && targetPercent !== undefined) {
    notes.problem(path, 'Write either target or targetPercent, not both.');
    return undefined;
  }
  if (targetPercent !== undefined) {
    return readPercent({
      value: targetPercent,
      path: `${path}.targetPercent`,
      notes,
    });
  }
  if (typeof target === 'number' && target > 0 && target < 1) {
    return target;
  }
  let hint = '';
  if (target === 1) {
    hint = ' A target of 100 % leaves no error budget.';
  } else if (typeof target === 'number' && target > 1) {
    hint = ' Did you mean targetPercent?';
  }
  notes.problem(
    `${path}.target`,
    `Expected a number above 0 and below 1, for example 0.999, got ${describeValue(
      objective.target,
    )}.${hint}`,
  );
  return undefined;
}

// Kubernetes resources write decimal fractions as text.
function numberOf(value: unknown): unknown {
  return typeof value === 'string' &&
    /^\d{1,3}(\.\d{1,12})?$/.test(value.trim())
    ? Number(value)
    : value;
}

/**
 * Reads an objective written as a percentage.
 *
 * @internal
 */
export function readPercent(options: {
  value: unknown;
  path: string;
  notes: ReadingNotes;
}): number | undefined {
  const { path, notes } = options;
  const value = numberOf(options.value);
  // 99.9 / 100 is not exact in binary: it is rounded to the digits a person
  // can have meant.
  const share =
    typeof value === 'number' ? Math.round(value * 1e10) / 1e12 : NaN;
  if (share > 0 && share < 1) {
    return share;
  }
  notes.problem(
    path,
    `Expected a number above 0 and below 100, for example 99.9, got ${describeValue(
      options.value,
    )}.`,
  );
  return undefined;
}

/**
 * Reads the time slices of an objective, for the methods that have them.
 *
 * @internal
 */
export function readSlices(options: {
  objective: Record<string, unknown>;
  budgetingMethod: SloDefinition['budgetingMethod'];
  path: string;
  notes: ReadingNotes;
}): SliceFields | undefined {
  const { objective, budgetingMethod, path, notes } = options;
  for (const [key, methods] of sliceFields) {
    if (objective[key] !== undefined && !methods.includes(budgetingMethod)) {
      notes.warning(
        `${key} has no meaning with budgetingMethod ${budgetingMethod} and is not used.`,
      );
    }
  }
  if (budgetingMethod === 'Occurrences') {
    return {};
  }
  const fields: SliceFields = {};
  const written = objective.timeSliceWindow;
  const duration = parseDurationShorthand(
    // A number without a unit is minutes.
    typeof written === 'number' ? `${written}m` : written,
  );
  const seconds = duration ? durationShorthandSeconds(duration) : NaN;
  if (!(seconds <= 86_400)) {
    notes.problem(
      `${path}.timeSliceWindow`,
      `${budgetingMethod} needs the length of a slice from 1m to 1d, for example 5m, got ${describeValue(
        written,
      )}.`,
    );
    return undefined;
  }
  fields.timeSliceSeconds = Math.ceil(seconds / 300) * 300;
  if (fields.timeSliceSeconds !== seconds) {
    notes.warning(
      `Slices of ${describeValue(written)} are counted as ${
        fields.timeSliceSeconds / 60
      } minutes: samples are kept in buckets of 5 minutes.`,
    );
  }
  if (budgetingMethod === 'Timeslices') {
    const sliceTarget = objective.timeSliceTarget;
    if (
      typeof sliceTarget !== 'number' ||
      !(sliceTarget > 0 && sliceTarget <= 1)
    ) {
      notes.problem(
        `${path}.timeSliceTarget`,
        `Timeslices needs a number above 0 and at most 1, for example 0.95, got ${describeValue(
          sliceTarget,
        )}.`,
      );
      return undefined;
    }
    fields.timeSliceTarget = sliceTarget;
  }
  return fields;
}
