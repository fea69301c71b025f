import { relative, sep } from 'node:path';
import type { Entity } from '@backstage/catalog-model';
import {
  contractSourcesOf,
  contractSubjectsOf,
  readYaml,
  type Problem,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { FileScope } from '../entity/FileScope';
import {
  findUnknownValues,
  isTemplated,
  type Placeholder,
} from '../entity/findUnknownValues';
import { pathWithin } from '../entity/pathOf';
import type { LintSource } from '../lint/LintSource';
import type { ProblemList } from '../lint/ProblemList';
import { readText } from '../lint/readText';
import type { ReferenceList } from '../lint/ReferenceList';
import { checkContract } from './checkContract';
import { contractReferences, sloReferences } from './contractReferences';
import { duplicateContracts, type PlacedContract } from './duplicateContracts';
import { contractKeys } from './expandContract';

interface ContractLintingOptions {
  cwd: string;
  scope: FileScope;
  /** OpenSLO objects that the SLOs of contracts may refer to; may grow. */
  sloParts: Entity[];
  problems: ProblemList;
  references: ReferenceList;
}

interface WrittenContract {
  contract: unknown;
  /** Where it begins in the document. */
  path: string;
}

/**
 * Checks the contracts of all files, with the files they are spread over, and
 * at the end whether a component has several.
 *
 * @internal
 */
export class ContractLinting {
  readonly #options: ContractLintingOptions;
  readonly #contracts: PlacedContract[] = [];
  /** Those that are read already. */
  readonly #files = new Set<string>();
  /** Those of which an SLO may refer to what is in a file further down. */
  readonly #waiting: Array<[LintSource, WrittenContract]> = [];
  readonly #counts = { files: 0, contracts: 0, slos: 0 };

  constructor(options: ContractLintingOptions) {
    this.#options = options;
  }

  /** Whether the file was read already because an entity points to it. */
  isKnown(path: string): boolean {
    return this.#files.has(path);
  }

  /** Takes a file that is not YAML: what points to it has nothing to add. */
  addBroken(file: { path: string }): void {
    this.#files.add(file.path);
  }

  /** Checks a contract in a file of its own. */
  addFile(source: LintSource): void {
    this.#files.add(source.file.path);
    this.#check(source, { contract: source.document.value, path: '' });
  }

  /**
   * Checks the contract that an entity carries or points to.
   *
   * @returns the path of the contract, where there is one
   */
  addCarried(source: LintSource, entity: Entity): string | undefined {
    const { file, document } = source;
    const { problems, references } = this.#options;
    const [carried] = contractSourcesOf(entity);
    if (!carried) {
      return undefined;
    }
    const isEntity = carried.form === 'entity';
    const { subjects, errors } = isEntity
      ? contractSubjectsOf(entity)
      : { subjects: [carried.entityRef], errors: [] };
    problems.add(
      file.name,
      'contract',
      errors.map(readPath).map(document.locate),
    );
    if (isEntity) {
      references.add(
        source,
        subjects.map(ref => ({ ref, path: 'spec.subjects', role: 'subject' })),
      );
    }
    const path = isEntity ? contractPath(entity) : 'spec.ownershipContract';
    const { line, column } = document.locate({ path, message: '' });
    this.#contracts.push({
      subjects: subjects.filter(subject => !isTemplated(subject)),
      file: file.name,
      line,
      column,
      path,
    });
    const [whole] = findUnknownValues(carried.document).placeholders;
    if (whole?.path === '') {
      this.#followPlaceholder(source, { ...whole, path });
    } else {
      this.#check(source, { contract: carried.document, path });
    }
    return path;
  }

  /** @returns how many there are; their files as far as only entities point to them */
  finish(): { files: number; contracts: number; slos: number } {
    for (const [source, written] of this.#waiting) {
      const checked = this.#read(source, written);
      this.#report(source, written, checked);
    }
    for (const { file, problem } of duplicateContracts(this.#contracts)) {
      this.#options.problems.add(file, 'contract-duplicate', [problem]);
    }
    return this.#counts;
  }

  #check(source: LintSource, written: WrittenContract): void {
    const checked = this.#read(source, written);
    if (checked.problems.some(({ rule }) => rule === 'slo')) {
      this.#waiting.push([source, written]);
    } else {
      this.#report(source, written, checked);
    }
  }

  #read({ file }: LintSource, { contract }: WrittenContract) {
    const { scope, sloParts } = this.#options;
    return checkContract({ contract, path: file.path, scope, sloParts });
  }

  #report(
    source: LintSource,
    written: WrittenContract,
    checked: ReturnType<typeof checkContract>,
  ): void {
    const { file, document } = source;
    const { problems, references } = this.#options;
    const within = <T extends { path: string }>(inner: T) => ({
      ...inner,
      path: pathWithin(written.path, inner.path),
    });
    this.#counts.contracts += 1;
    this.#counts.slos += checked.slos;
    for (const { rule, severity, problem, part } of checked.problems) {
      if (part) {
        problems.add(this.#nameOf(part.file), rule, [problem], severity);
      } else {
        const placed = document.locate(within(problem));
        problems.add(file.name, rule, [placed], severity);
      }
    }
    if (checked.contract) {
      references.add(source, contractReferences(checked.contract).map(within));
      references.addSlos(source, sloReferences(checked.contract).map(within));
    }
  }

  /** Checks the contract in the file that a placeholder names, once. */
  #followPlaceholder(
    { file, document }: LintSource,
    { path, key, reference }: Placeholder,
  ): void {
    const fail = (message: string) =>
      this.#options.problems.add(file.name, 'file', [
        document.locate({ path, message }),
      ]);
    if (!contractKeys.includes(key)) {
      fail(
        `\`${key}\` is not accepted in a contract; accepted are \`$yaml\`, \`$json\` and \`$text\``,
      );
      return;
    }
    const target = this.#options.scope.find(file.path, reference);
    if (target === undefined) {
      return;
    }
    if ('message' in target) {
      fail(target.message);
      return;
    }
    if (this.isKnown(target.path)) {
      return;
    }
    const reading = readText(target.path);
    if ('message' in reading) {
      fail(`${reference} ${reading.message}`);
      return;
    }
    this.#readFile({ path: target.path, text: reading.text });
  }

  #readFile({ path, text }: { path: string; text: string }): void {
    const { problems } = this.#options;
    const name = this.#nameOf(path);
    this.#counts.files += 1;
    const { documents, errors } = readYaml({ text });
    problems.addYamlErrors(name, errors);
    if (documents.length === 1) {
      const [document] = documents;
      this.addFile({ file: { name, path }, document });
      return;
    }
    this.#files.add(path);
    if (errors.length === 0) {
      problems.add(name, 'contract', [
        {
          path: '',
          message: `holds ${documents.length} documents; expected one contract`,
          line: 1,
          column: 1,
        },
      ]);
    }
  }

  #nameOf(path: string): string {
    return relative(this.#options.cwd, path).split(sep).join('/');
  }
}

function contractPath(entity: Entity): string {
  return entity.spec?.contract === undefined ? 'spec' : 'spec.contract';
}

/** `` `spec.subjects[1]` is not … `` begins with its path. */
function readPath(message: string): Problem {
  const [, path = 'spec.subjects', rest = message] =
    /^`(spec\.subjects[^`]*)` (.*)$/s.exec(message) ?? [];
  return { path, message: rest };
}
