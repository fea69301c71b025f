import { relative, sep } from 'node:path';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import {
  contractSourcesOf,
  contractSubjectsOf,
  findSloObject,
  isSloEntity,
  readYaml,
  sloSubject,
  type Problem,
  type YamlDocument,
} from '@service-ownership/backstage-plugin-ownership-common';
import {
  contractReferences,
  sloReferences,
} from '../contract/contractReferences';
import { checkContract } from '../contract/checkContract';
import { contractKeys } from '../contract/expandContract';
import { duplicateContracts } from '../contract/duplicateContracts';
import { entityReferences, type Reference } from '../entity/entityReferences';
import { FileScope } from '../entity/FileScope';
import {
  findUnknownValues,
  isTemplated,
  type Placeholder,
} from '../entity/findUnknownValues';
import { lintEntity } from '../entity/lintEntity';
import { isAtOrBelow, pathWithin } from '../entity/pathOf';
import { lintSlos } from '../slo/lintSlos';
import { openSloKinds } from '../slo/openSloKinds';
import type { FoundFile } from './findFiles';
import type { LintResult } from './lintFiles';
import {
  compareProblems,
  type LintProblem,
  type LintRule,
} from './LintProblem';
import { readText, unreadable } from './readText';

/** Errors of syntax that are shown of one file. */
const MAX_YAML_ERRORS = 5;
/** Unreadable references that are shown of one entity. */
const MAX_REFERENCES = 20;
/** Placeholders of one entity that are looked for. */
const MAX_PLACEHOLDERS = 100;
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
  readonly #scope: FileScope;
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
    this.#scope = new FileScope(options);
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
    const { placeholders, templated } = findUnknownValues(value);
    const unknown = [...templated, ...placeholders.map(({ path }) => path)];
    const problems = await lintEntity({
      value,
      isUnknown: path => unknown.some(known => isAtOrBelow(path, known)),
    });
    this.add(file.name, 'entity', problems.map(document.locate));
    const ref = refOf(value);
    if (ref === undefined) {
      return;
    }
    this.#refs.add(ref);
    if (typeof value.spec !== 'object' || Array.isArray(value.spec)) {
      // Nothing can be named in it, which was said where it matters.
      return;
    }
    const named = entityReferences(value);
    this.add(
      file.name,
      'entity',
      named.problems.slice(0, MAX_REFERENCES).map(document.locate),
    );
    this.#refer(source, named.references);
    const contractAt = this.#addCarriedContract(source, value);
    const others = placeholders.filter(
      ({ path }) => contractAt === undefined || !isAtOrBelow(path, contractAt),
    );
    for (const placeholder of others.slice(0, MAX_PLACEHOLDERS)) {
      this.#checkPlaceholder(source, placeholder);
    }
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
    const ref = refOf(value);
    if (ref !== undefined) {
      this.#refs.add(ref);
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

  /** @returns the path of the contract, where there is one */
  #addCarriedContract(source: LintSource, entity: Entity): string | undefined {
    const { file, document } = source;
    const [carried] = contractSourcesOf(entity);
    if (!carried) {
      return undefined;
    }
    const isEntity = carried.form === 'entity';
    const { subjects, errors } = isEntity
      ? contractSubjectsOf(entity)
      : { subjects: [carried.entityRef], errors: [] };
    this.add(file.name, 'contract', errors.map(readPath).map(document.locate));
    if (isEntity) {
      this.#refer(
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
      this.#checkPlaceholder(source, { ...whole, path }, true);
    } else {
      this.#checkContract({ source, contract: carried.document, path });
    }
    return path;
  }

  #checkContract(options: {
    source: LintSource;
    contract: unknown;
    path: string;
  }): void {
    const { source, path } = options;
    const { file, document } = source;
    const within = <T extends { path: string }>(inner: T) => ({
      ...inner,
      path: pathWithin(path, inner.path),
    });
    const { contract, problems, slos } = checkContract({
      contract: options.contract,
      path: file.path,
      scope: this.#scope,
      sloParts: this.#sloParts,
    });
    this.#counts.contracts += 1;
    this.#counts.slos += slos;
    for (const { rule, severity, problem, part } of problems) {
      if (part) {
        const name = this.#nameOf(part.file);
        this.remember({ name, text: part.text });
        this.add(name, rule, [problem], severity);
      } else {
        const placed = document.locate(within(problem));
        this.add(file.name, rule, [placed], severity);
      }
    }
    if (contract) {
      this.#refer(source, contractReferences(contract).map(within));
      this.#referToSlos(source, sloReferences(contract).map(within));
    }
  }

  #checkSlo({ file, document }: LintSource): void {
    const value = document.value as Entity;
    if (isOpenSloPart(value)) {
      if (!openSloKinds.includes(value.kind)) {
        const message = `is not a kind of OpenSLO; expected one of ${openSloKinds.join(
          ', ',
        )}`;
        this.add(file.name, 'slo', [
          document.locate({ path: 'kind', message }),
        ]);
      }
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
    const subject = refOf(value) === undefined ? undefined : sloSubject(value);
    if (subject) {
      this.#refer({ file, document }, [
        { ref: subject, path: 'spec.service', role: 'component' },
      ]);
    }
  }

  /** Looks into the file a placeholder names if it is a contract; others just have to be there. */
  #checkPlaceholder(
    source: LintSource,
    { path, key, reference }: Placeholder,
    isContract = false,
  ): void {
    const { file, document } = source;
    const fail = (message: string) =>
      this.add(file.name, 'file', [document.locate({ path, message })]);
    if (isContract && !contractKeys.includes(key)) {
      fail(
        `\`${key}\` is not accepted in a contract; accepted are \`$yaml\`, \`$json\` and \`$text\``,
      );
      return;
    }
    const target = this.#scope.find(file.path, reference);
    if (target === undefined) {
      return;
    }
    if ('message' in target) {
      fail(target.message);
      return;
    }
    if (!isContract) {
      const reason = unreadable(target.path);
      if (reason !== undefined) {
        fail(`${reference} ${reason}`);
      }
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
    this.#contractFiles.add(target.path);
    this.#readContractFile({ path: target.path, text: reading.text });
  }

  #nameOf(path: string): string {
    return relative(this.#cwd, path).split(sep).join('/');
  }

  #readContractFile({ path, text }: { path: string; text: string }): void {
    const name = this.#nameOf(path);
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

function isOpenSloPart({ apiVersion, kind }: Entity): boolean {
  return /^openslo/.test(String(apiVersion)) && kind !== 'SLO';
}

/** The reference of what has a name that can be one. */
function refOf(value: Entity): string | undefined {
  const { kind, metadata } = value;
  return typeof kind === 'string' &&
    typeof metadata?.name === 'string' &&
    typeof (metadata.namespace ?? '') === 'string'
    ? stringifyEntityRef(value)
    : undefined;
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
