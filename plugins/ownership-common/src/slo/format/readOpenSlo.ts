import type { Problem } from '../../contract';
import type { SloDefinition } from '../types';
import { readAlertPolicies } from './readAlertPolicies';
import { readIndicator } from './readIndicator';
import { readSlices, readTarget } from './readObjective';
import { readSloName } from './readSloName';
import { readTimeWindow } from './readTimeWindow';
import { describeValue, isMapping, plainText } from './SloReader';
import type { ReadingNotes, SloReader, SloReading } from './SloReader';

const budgetingMethods = [
  'Occurrences',
  'Timeslices',
  'RatioTimeslices',
] as const;

const indicatorKeys = ['indicator', 'indicatorRef', 'sli', 'sliRef'];
const maxObjectives = 20;

/**
 * Reads an SLO of OpenSLO v1 or v2alpha: a whole document with `metadata` and `spec`, or
 * the bare spec with a `name`. Each objective becomes a definition of its own.
 *
 * @internal
 */
export const readOpenSlo: SloReader = ({ document, origin, resolve }) => {
  const problems: Problem[] = [];
  const warnings: string[] = [];
  const notes: ReadingNotes = {
    problem: (path, message) => problems.push({ path, message }),
    warning: message => warnings.push(message),
  };
  const at = (path: string) => [origin.path, path].filter(Boolean).join('.');

  const metadata = isMapping(document.metadata) ? document.metadata : document;
  const spec = isMapping(document.spec) ? document.spec : document;
  const specPath = isMapping(document.spec) ? at('spec') : origin.path;
  const inSpec = (path: string) => [specPath, path].filter(Boolean).join('.');

  const name = readSloName({
    value: metadata.name,
    path: at(isMapping(document.metadata) ? 'metadata.name' : 'name'),
    notes,
  });
  if (name === undefined) {
    return { slos: [], problems };
  }

  const window = readTimeWindow({
    value: spec.timeWindow,
    path: inSpec('timeWindow'),
    notes,
  });
  const budgetingMethod = readBudgetingMethod(
    spec.budgetingMethod,
    inSpec('budgetingMethod'),
    notes,
  );
  const objectives = readObjectives(
    spec.objectives,
    inSpec('objectives'),
    notes,
  );
  const alerts = readAlertPolicies({
    value: spec.alertPolicies,
    resolve,
    notes,
  });
  const noDataSlices = readNoDataPolicy(document, notes);
  if (!window || !budgetingMethod || !objectives) {
    return { slos: [], problems };
  }

  const title =
    plainText(metadata.displayName, 200) ??
    plainText(metadata.title, 200) ??
    name;
  const slos = objectives.flatMap((objective, index): SloDefinition[] => {
    const path = inSpec(`objectives[${index}]`);
    const own: string[] = [];
    const ownNotes: ReadingNotes = {
      ...notes,
      warning: message => own.push(message),
    };
    if (!isMapping(objective)) {
      notes.problem(
        path,
        `Expected an objective such as { target: 0.999 }, got ${describeValue(
          objective,
        )}.`,
      );
      return [];
    }
    const target = readTarget({ objective, path, notes: ownNotes });
    const slices = readSlices({
      objective,
      budgetingMethod,
      path,
      notes: ownNotes,
    });
    if (target === undefined || !slices) {
      return [];
    }
    if (objective.compositeWeight !== undefined) {
      own.push(
        'compositeWeight is not used: every objective stands for itself.',
      );
    }
    const hasOwnIndicator = indicatorKeys.some(
      key => objective[key] !== undefined,
    );
    const indicator = readIndicator({
      holder: hasOwnIndicator
        ? objective
        : { ...objective, ...indicatorOf(spec) },
      resolve,
      notes: ownNotes,
    });
    const objectiveTitle = plainText(objective.displayName, 200);
    return [
      {
        name:
          objectives.length === 1
            ? name
            : objectiveName({ name, objective, target }),
        title:
          objectives.length > 1 && objectiveTitle
            ? `${title}: ${objectiveTitle}`
            : title,
        description: plainText(spec.description, 1050),
        objective: target,
        budgetingMethod,
        window,
        ...slices,
        noDataSlices,
        ...(alerts && { alerts }),
        ...(indicator && { indicator }),
        origin: { ...origin, path },
        warnings: [...warnings, ...own],
      },
    ];
  });
  return withDistinctNames({ slos, problems });
};

function indicatorOf(spec: Record<string, unknown>) {
  return Object.fromEntries(indicatorKeys.map(key => [key, spec[key]]));
}

function readBudgetingMethod(
  value: unknown,
  path: string,
  notes: ReadingNotes,
): SloDefinition['budgetingMethod'] | undefined {
  if (value === undefined) {
    notes.warning('No budgetingMethod is written: Occurrences is used.');
    return 'Occurrences';
  }
  const method = budgetingMethods.find(
    known =>
      typeof value === 'string' &&
      known.toLocaleLowerCase('en-US') === value.toLocaleLowerCase('en-US'),
  );
  if (!method) {
    notes.problem(
      path,
      `Expected ${budgetingMethods.join(', ')}, got ${describeValue(value)}.`,
    );
  }
  return method;
}

function readObjectives(
  value: unknown,
  path: string,
  notes: ReadingNotes,
): unknown[] | undefined {
  if (
    !Array.isArray(value) ||
    value.length === 0 ||
    value.length > maxObjectives
  ) {
    notes.problem(
      path,
      `Expected a list of 1 to ${maxObjectives} objectives such as [{ target: 0.999 }], got ${
        Array.isArray(value) ? `${value.length} items` : describeValue(value)
      }.`,
    );
    return undefined;
  }
  return value;
}

// OpenSLO has no field for it, so it is an annotation.
function readNoDataPolicy(
  document: Record<string, unknown>,
  notes: ReadingNotes,
): SloDefinition['noDataSlices'] {
  const metadata = isMapping(document.metadata) ? document.metadata : {};
  const annotations = isMapping(metadata.annotations)
    ? metadata.annotations
    : {};
  const written = annotations['service-ownership.io/no-data-slices'];
  const policy = (['ignore', 'good', 'bad'] as const).find(
    known => known === written,
  );
  if (written !== undefined && !policy) {
    notes.warning(
      `service-ownership.io/no-data-slices is ignore, good or bad, not ${describeValue(
        written,
      )}: ignore is used.`,
    );
  }
  return policy ?? 'ignore';
}

// The name is what samples are pushed under, so it follows from what is
// written and not from the order: `checkout-p99` or `checkout-99.9`.
function objectiveName(options: {
  name: string;
  objective: Record<string, unknown>;
  target: number;
}): string {
  const slug = (plainText(options.objective.displayName, 60) ?? '')
    .toLocaleLowerCase('en-US')
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const percent = Math.round(options.target * 1e10) / 1e8;
  return `${options.name}-${slug || percent}`;
}

function withDistinctNames({ slos, problems }: SloReading): SloReading {
  const seen = new Set<string>();
  return slos.reduce<SloReading>(
    (reading, slo) => {
      if (seen.has(slo.name)) {
        reading.problems.push({
          path: slo.origin.path,
          message: `Two objectives would both be called ${slo.name}: give each its own displayName.`,
        });
      } else {
        seen.add(slo.name);
        reading.slos.push(slo);
      }
      return reading;
    },
    { slos: [], problems },
  );
}
