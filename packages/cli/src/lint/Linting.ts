import { relative, sep } from 'node:path';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import {
  contractSourcesOf,
  contractSubjectsOf,
  findSloObject,
  isSloEntity,
  readContractMarker,
  readYaml,
  sloSubject,
  validateContract,
  type Problem,
  type YamlDocument,
} from '@service-ownership/backstage-plugin-ownership-common';
import {
  contractReferences,
  sloReferences,
} from '../contract/contractReferences';
import { duplicateContracts } from '../contract/duplicateContracts';
import { entityReferences, type Reference } from '../entity/entityReferences';
import { findPlaceholders, type Placeholder } from '../entity/findPlaceholders';
import { lintEntity } from '../entity/lintEntity';
import { resolveBeside } from '../entity/resolveBeside';
import { lintSlos } from '../slo/lintSlos';
import type { FoundFile } from './findFiles';
import type { LintResult } from './lintFiles';
import {
  compareProblems,
  type LintProblem,
  type LintRule,
} from './LintProblem';
import { readText } from './readText';

/** Errors of syntax that are shown of one file. */
const MAX_YAML_ERRORS = 5;
/** Longest message, in characters: others repeat what somebody wrote. */
const MAX_MESSAGE = 500;

/**
 * A document and the file it stands in.
 *
 * @internal
 */
export interface LintSource {
  file: Pick<FoundFile, 'name' | 'path'>;
  document: YamlDocument;
}

/**
 * A reference, with the place it is written at.
 *
 * @internal
 */
export interface FoundReference extends Reference {
  file: string;
  line?: number;
  column?: number;
}

/**
 * An SLO that a contract refers to by name, with the place it does so at.
 *
 * @internal
 */
export type FoundSloReference = Omit<FoundReference, 'ref' | 'role'> & {
  name: string;
};

/**
 * A contract and the components it speaks for.
 *
 * @internal
 */
export interface FoundContract {
  subjects: string[];
  file: string;
  line?: number;
  column?: number;
  path: string;
}

/**
 * Remembers, over all files, what can only be judged at the end: contracts of
 * one component in several files, and SLOs that refer to each other.
 *
 * @internal
 */
export class Linting {
  readonly #cwd: string;
  readonly #wantsReferences: boolean;
  readonly #problems: LintProblem[] = [];
  readonly #texts = new Map<string, string>();
  readonly #withProblems = new Set<string>();
  readonly #counts = { files: 0, entities: 0, contracts: 0, slos: 0 };
  readonly #refs = new Set<string>();
  readonly #references: FoundReference[] = [];
  readonly #contracts: FoundContract[] = [];
  readonly #contractFiles = new Set<string>();
  readonly #slos: LintSource[] = [];
  readonly #sloParts: Entity[] = [];
  readonly #sloEntities: Entity[] = [];
  readonly #sloReferences: FoundSloReference[] = [];

  /**
   * @param options.wantsReferences - collect what is referred to, with places
   */
  constructor(options: { cwd: string; wantsReferences?: boolean }) {
    this.#cwd = options.cwd;
    this.#wantsReferences = options.wantsReferences ?? false;
  }

  /** Whether the file was read already because an entity points to it. */
  isKnown(path: string): boolean {
    return this.#contractFiles.has(path);
  }

  countFile(): void {
    this.#counts.files += 1;
  }

  /** Keeps the text for code frames until it is known to have no problem. */
  remember(file: { name: string; text: string }): void {
    this.#texts.set(file.name, file.text);
    if (this.#texts.size > 500) {
      this.#forgetFlawless();
    }
  }

  add(
    file: string,
    rule: LintRule,
    problems: readonly Problem[],
    severity: LintProblem['severity'] = 'error',
  ): void {
    for (const problem of problems) {
      this.#withProblems.add(file);
      const message = problem.message.slice(0, MAX_MESSAGE);
      this.#problems.push({ ...problem, message, file, rule, severity });
    }
  }

  /** Checks an entity and the contract it carries or points to. */
  async addEntity(source: LintSource): Promise<void> {
    const { file, document } = source;
    this.#counts.entities += 1;
    const value = document.value as Entity;
    const placeholders = findPlaceholders(value.spec);
    const problems = await lintEntity({
      value,
      isUnknown: path =>
        placeholders.some(placeholder => path.startsWith(placeholder.path)),
    });
    this.add(file.name, 'entity', problems.map(document.locate));
    if (
      typeof value.kind !== 'string' ||
      typeof value.metadata?.name !== 'string'
    ) {
      return;
    }
    this.#refs.add(stringifyEntityRef(value));
    this.#refer(source, entityReferences(value));
    for (const placeholder of placeholders) {
      this.#checkPlaceholder(source, placeholder);
    }
    this.#addCarriedContract(source, value);
  }

  /** Checks a contract in a file of its own. */
  addContractFile({ file, document }: LintSource): void {
    this.#contractFiles.add(file.path);
    this.#checkContract({
      source: { file, document },
      contract: document.value,
      path: '',
    });
  }

  /** Takes a file that is not YAML: what points to it has nothing to add. */
  addBroken(file: FoundFile, errors: readonly Problem[]): void {
    this.#contractFiles.add(file.path);
    this.#addYamlErrors(file.name, errors);
  }

  /** Takes an SLO, or what one refers to; they are read when all are known. */
  addSlo(source: LintSource): void {
    const value = source.document.value as Entity;
    if (typeof value.metadata?.name === 'string' && value.kind) {
      this.#refs.add(stringifyEntityRef(value));
      const known = isSloEntity(value) ? this.#sloEntities : this.#sloParts;
      known.push(value);
    }
    this.#slos.push(source);
  }

  /** Judges what could not be judged before. */
  finish(): LintResult {
    for (const source of this.#slos) {
      this.#checkSlo(source);
    }
    for (const { file, problem } of duplicateContracts(this.#contracts)) {
      this.add(file, 'contract-duplicate', [problem]);
    }
    this.#forgetFlawless();
    return {
      problems: this.#problems.sort(compareProblems),
      texts: this.#texts,
      counts: this.#counts,
      references: this.#references.filter(({ ref }) => !this.#refs.has(ref)),
      sloReferences: this.#sloReferences.filter(
        ({ name }) =>
          !findSloObject({ entities: this.#sloEntities, kind: 'SLO', name }),
      ),
    };
  }

  #addCarriedContract(source: LintSource, entity: Entity): void {
    const { file, document } = source;
    const [carried] = contractSourcesOf(entity);
    if (!carried) {
      return;
    }
    const isEntity = carried.form === 'entity';
    const { subjects, errors } = isEntity
      ? contractSubjectsOf(entity)
      : { subjects: [carried.entityRef], errors: [] };
    this.add(
      file.name,
      'contract',
      errors.map(message =>
        document.locate({
          path: 'spec.subjects',
          message: message.replace(/^`spec\.subjects` /, ''),
        }),
      ),
    );
    if (isEntity) {
      this.#refer(
        source,
        subjects.map(ref => ({ ref, path: 'spec.subjects', role: 'subject' })),
      );
    }
    const path = isEntity ? contractPath(entity) : 'spec.ownershipContract';
    const { line, column } = document.locate({ path, message: '' });
    this.#contracts.push({ subjects, file: file.name, line, column, path });
    if (!readContractMarker(carried.document)) {
      this.#checkContract({ source, contract: carried.document, path });
    }
  }

  #checkContract(options: {
    source: LintSource;
    contract: unknown;
    path: string;
  }): void {
    const { source, path } = options;
    const { file, document } = source;
    this.#counts.contracts += 1;
    const within = (inner: string) =>
      [path, inner].filter(part => part !== '').join('.');
    const place = (problem: Problem) =>
      document.locate({ ...problem, path: within(problem.path) });
    const { contract, errors, warnings } = validateContract({
      document: options.contract,
    });
    this.add(file.name, 'contract', errors.map(place));
    this.add(file.name, 'contract', warnings.map(place), 'warning');
    if (contract) {
      this.#refer(
        source,
        contractReferences(contract).map(reference => ({
          ...reference,
          path: within(reference.path),
        })),
      );
      this.#referToSlos(
        source,
        sloReferences(contract).map(reference => ({
          ...reference,
          path: within(reference.path),
        })),
      );
      const slos = lintSlos({
        items: contract.slos ?? [],
        pathOf: index => `slos[${index}]`,
        parts: this.#sloParts,
      });
      this.#counts.slos += slos.slos.length;
      this.add(file.name, 'slo', slos.errors.map(place));
      this.add(file.name, 'slo', slos.warnings.map(place), 'warning');
    }
  }

  #checkSlo({ file, document }: LintSource): void {
    const value = document.value as Entity;
    const isPart =
      /^openslo/.test(String(value.apiVersion)) && value.kind !== 'SLO';
    if (isPart) {
      return;
    }
    const { slos, errors, warnings } = lintSlos({
      items: [value],
      pathOf: () => '',
      parts: this.#sloParts,
    });
    this.#counts.slos += slos.length;
    this.add(file.name, 'slo', errors.map(document.locate));
    this.add(file.name, 'slo', warnings.map(document.locate), 'warning');
    const subject =
      typeof value.metadata?.name === 'string' ? sloSubject(value) : undefined;
    if (subject) {
      this.#refer({ file, document }, [
        { ref: subject, path: 'spec.service', role: 'component' },
      ]);
    }
  }

  /** Looks into the file a placeholder names; its content is the contract, or just has to be there. */
  #checkPlaceholder(source: LintSource, placeholder: Placeholder): void {
    const { file, document } = source;
    const { path, reference } = placeholder;
    const fail = (message: string) =>
      this.add(file.name, 'file', [document.locate({ path, message })]);
    if (typeof reference !== 'string' || reference === '') {
      fail('names no file; expected a path such as ./ownership.yaml');
      return;
    }
    if (/^https?:/i.test(reference)) {
      return;
    }
    const target = resolveBeside(file.path, reference);
    if (target === undefined) {
      fail(
        `${reference} is not in the directory of this file; expected a path such as ./ownership.yaml`,
      );
      return;
    }
    if (this.isKnown(target)) {
      return;
    }
    const reading = readText(target);
    if ('message' in reading) {
      fail(`${reference} ${reading.message}`);
      return;
    }
    const isContract =
      path === 'spec.ownershipContract' || path === 'spec.contract';
    if (isContract) {
      this.#contractFiles.add(target);
      this.#readContractFile({ path: target, text: reading.text });
    }
  }

  #readContractFile({ path, text }: { path: string; text: string }): void {
    const name = relative(this.#cwd, path).split(sep).join('/');
    this.countFile();
    this.remember({ name, text });
    const { documents, errors } = readYaml({ text });
    this.#addYamlErrors(name, errors);
    if (errors.length === 0 && documents.length !== 1) {
      this.add(name, 'contract', [
        {
          path: '',
          message: `holds ${documents.length} documents; expected one contract`,
          line: 1,
          column: 1,
        },
      ]);
    } else if (documents.length === 1) {
      const [document] = documents;
      this.#checkContract({
        source: { file: { name, path }, document },
        contract: document.value,
        path: '',
      });
    }
  }

  #refer({ file, document }: LintSource, references: Reference[]): void {
    if (!this.#wantsReferences) {
      return;
    }
    for (const reference of references) {
      const { line, column } = document.locate({
        path: reference.path,
        message: '',
      });
      this.#references.push({ ...reference, file: file.name, line, column });
    }
  }

  #referToSlos(
    { file, document }: LintSource,
    references: Array<{ path: string; name: string }>,
  ): void {
    if (!this.#wantsReferences) {
      return;
    }
    for (const { path, name } of references) {
      const { line, column } = document.locate({ path, message: '' });
      this.#sloReferences.push({ path, name, file: file.name, line, column });
    }
  }

  /** One slip can make a thousand errors; the first ones say where it is. */
  #addYamlErrors(file: string, errors: readonly Problem[]): void {
    this.add(file, 'yaml', errors.slice(0, MAX_YAML_ERRORS));
    const more = errors.length - MAX_YAML_ERRORS;
    if (more > 0) {
      this.add(file, 'yaml', [
        { path: '', message: `and ${more} more errors of this kind` },
      ]);
    }
  }

  #forgetFlawless(): void {
    for (const name of this.#texts.keys()) {
      if (!this.#withProblems.has(name)) {
        this.#texts.delete(name);
      }
    }
  }
}

function contractPath(entity: Entity): string {
  return entity.spec && 'contract' in entity.spec ? 'spec.contract' : 'spec';
}
