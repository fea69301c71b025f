import { readYaml } from '@service-ownership/backstage-plugin-ownership-common';
import { findFiles, type FoundFile } from './findFiles';
import { Linting } from './Linting';
import type { LintResult } from './LintResult';
import { documentKind, mayBeFilledIn, mayConcern } from './documentKind';
import { readText } from './readText';

/**
 * Checks files without a portal.
 *
 * @param options.inputs - files, directories and patterns
 * @param options.wantsReferences - collect what the files refer to, to ask a
 *   portal about it
 * @throws UsageError where one of them is not there
 *
 * @internal
 */
export async function lintFiles(options: {
  inputs: readonly string[];
  cwd: string;
  wantsReferences?: boolean;
}): Promise<LintResult> {
  const linting = new Linting(options);
  for (const file of await findFiles(options)) {
    try {
      await lintFile(file, linting);
    } catch (error) {
      // Nothing is known to get here; a file that does must not hide the others.
      linting.problems.add(file.name, 'file', [
        { path: '', message: `could not be checked: ${reasonOf(error)}` },
      ]);
    }
  }
  return linting.finish();
}

async function lintFile(file: FoundFile, linting: Linting): Promise<void> {
  if (linting.isKnown(file.path)) {
    return;
  }
  const reading = readText(file.path);
  if ('message' in reading) {
    const { message, remains } = reading;
    if (
      file.isNamed ||
      remains === undefined ||
      mayConcern({ ...file, text: remains })
    ) {
      linting.countFile();
      linting.problems.add(file.name, 'file', [{ path: '', message }]);
    }
    return;
  }
  const { text } = reading;
  if (!file.isNamed && !mayConcern({ ...file, text })) {
    return;
  }
  const { documents, errors } = readYaml({ text });
  if (errors.length > 0 && !file.isNamed && mayBeFilledIn(text)) {
    return;
  }
  linting.countFile();
  if (errors.length > 0) {
    linting.addBroken(file, errors);
  }
  let isOurs = errors.length > 0;
  for (const document of documents) {
    const kind = documentKind({ document, ...file });
    isOurs ||= kind !== 'other';
    const source = { file, document };
    switch (kind) {
      case 'entity':
        await linting.addEntity(source);
        break;
      case 'contract':
        linting.addContractFile(source);
        break;
      case 'slo':
      case 'slo-part':
        linting.addSlo(source);
        break;
      default:
    }
  }
  if (!isOurs && file.isNamed) {
    linting.problems.add(
      file.name,
      'file',
      [
        {
          path: '',
          message:
            'holds nothing to check; expected an entity, a contract or an SLO of OpenSLO, Sloth or Pyrra',
          line: 1,
          column: 1,
        },
      ],
      'warning',
    );
  }
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 300);
}
