import type { Problem } from '../../contract';
import type { SloDefinition, SloMember } from '../types';
import { noteMetadata } from './noteMetadata';
import { readAlertPolicies } from './readAlertPolicies';
import {
  compositeOf,
  isComposite,
  readSloRef,
  readWeight,
} from './readComposite';
import { readFieldNames } from './readFieldNames';
import { readIndicator } from './readIndicator';
import { readNoDataPolicy } from './readNoDataPolicy';
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
const maxDescription = 1050;

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

  // In a list of a contract the envelope may be left out, and so the rest.
  const isBare = document.apiVersion === undefined;
  const metadata = isMapping(document.metadata) ? document.metadata : document;
  const spec = isMapping(document.spec) ? document.spec : document;
  const specPath =
    isMapping(document.spec) || !isBare ? at('spec') : origin.path;
  const inSpec = (path: string) => [specPath, path].filter(Boolean).join('.');

  const name = readSloName({
    value: metadata.name,
    path: at(
      isBare && !isMapping(document.metadata) ? 'name' : 'metadata.name',
    ),
    notes,
  });
  if (name === undefined) {
    return { slos: [], problems };
  }

  readFieldNames({
    mapping: spec,
    of: spec === document ? 'bare spec' : 'spec',
    notes,
  });
  const objectives = readObjectives(spec, inSpec('objectives'), notes);
  const needsWindow = !objectives?.every(hasWindow);
  const sharedWindow =
    needsWindow &&
    readTimeWindow({
      value: spec.timeWindow,
      path: inSpec('timeWindow'),
      notes,
    });
  const budgetingMethod = readBudgetingMethod(
    spec.budgetingMethod,
    inSpec('budgetingMethod'),
    notes,
  );
  const alerts = readAlertPolicies({
    value: spec.alertPolicies,
    resolve,
    notes,
  });
  const noDataSlices = readNoDataPolicy(document, notes);
  noteMetadata(metadata, notes);
  const description = plainText(spec.description, maxDescription);
  if (String(spec.description ?? '').length > maxDescription) {
    notes.warning(
      `The description is cut after ${maxDescription} characters, the most that OpenSLO has.`,
    );
  }
  if (!budgetingMethod || !objectives || (needsWindow && !sharedWindow)) {
    return { slos: [], problems };
  }

  const ownTitle =
    plainText(metadata.displayName, 200) ?? plainText(metadata.title, 200);
  const title = ownTitle ?? name;
  const composite = isComposite(objectives);
  const isOnly = objectives.length === 1 && !composite;
  const members: Array<SloMember & { target: number }> = [];
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
    const weight = composite
      ? readWeight({ objective, path, notes: ownNotes })
      : 1;
    if (objective.sloRef !== undefined) {
      readFieldNames({ mapping: objective, of: 'objective', notes });
      const member =
        weight &&
        readSloRef({
          sloRef: objective.sloRef,
          weight,
          path,
          resolve,
          notes: ownNotes,
        });
      if (member && target !== undefined) {
        members.push({ ...member, target });
      }
      return [];
    }
    const slices = readSlices({
      objective,
      budgetingMethod,
      path,
      notes: ownNotes,
    });
    const window = hasWindow(objective)
      ? readTimeWindow({
          value: objective.timeWindow,
          path: `${path}.timeWindow`,
          notes: ownNotes,
        })
      : sharedWindow;
    if (target === undefined || !slices || !window || !weight) {
      return [];
    }
    readFieldNames({ mapping: objective, of: 'objective', notes: ownNotes });
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
    if (isOnly && ownTitle && objectiveTitle) {
      ownNotes.warning(
        'The displayName of the objective is not shown: the SLO has its own.',
      );
    }
    // The name itself is that of the composite, where there is one.
    const ownName = isOnly ? name : objectiveName({ name, objective, target });
    if (composite) {
      members.push({ slo: ownName, weight, target });
    }
    return [
      {
        name: ownName,
        title: isOnly
          ? ownTitle ?? objectiveTitle ?? name
          : [title, objectiveTitle].filter(Boolean).join(': '),
        description,
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
  const whole =
    composite && sharedWindow
      ? compositeOf({
          base: {
            name,
            title,
            description,
            window: sharedWindow,
            noDataSlices: 'ignore',
            ...(alerts && { alerts }),
            origin: { ...origin, path: inSpec('objectives') },
          },
          document,
          members,
          warnings,
          path: inSpec('objectives'),
          notes,
        })
      : undefined;
  if (composite && !sharedWindow) {
    notes.problem(
      inSpec('timeWindow'),
      'A composite needs one timeWindow for the whole of it.',
    );
  }
  return withDistinctNames({
    slos: whole ? [whole, ...slos] : slos,
    problems,
  });
};

function indicatorOf(spec: Record<string, unknown>) {
  return Object.fromEntries(indicatorKeys.map(key => [key, spec[key]]));
}

// Not OpenSLO, yet people write it where the target stands: passing it over
// would count another window than the one they read.
function hasWindow(objective: unknown): boolean {
  return isMapping(objective) && objective.timeWindow !== undefined;
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
  spec: Record<string, unknown>,
  path: string,
  notes: ReadingNotes,
): unknown[] | undefined {
  const value = spec.objectives;
  if (
    !Array.isArray(value) ||
    value.length === 0 ||
    value.length > maxObjectives
  ) {
    notes.problem(
      path,
      `Expected a list of 1 to ${maxObjectives} objectives such as [{ target: 0.999 }], got ${
        Array.isArray(value) ? `${value.length} items` : describeValue(value)
      }.${
        value === undefined && spec.target !== undefined
          ? ' The target stands beside it: write it inside.'
          : ''
      }`,
    );
    return undefined;
  }
  return value;
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
