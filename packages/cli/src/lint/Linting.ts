import type { Entity } from '@backstage/catalog-model';
import type { Problem } from '@service-ownership/backstage-plugin-ownership-common';
import { ContractLinting } from '../contract/ContractLinting';
import { entityReferences } from '../entity/entityReferences';
import { FileScope } from '../entity/FileScope';
import {
  findUnknownValues,
  type Placeholder,
} from '../entity/findUnknownValues';
import { lintEntity } from '../entity/lintEntity';
import { isAtOrBelow } from '../entity/pathOf';
import { refOf } from '../entity/refOf';
import { SloLinting } from '../slo/SloLinting';
import type { FoundFile } from './findFiles';
import type { LintResult } from './LintResult';
import type { LintSource } from './LintSource';
import { ProblemList } from './ProblemList';
import { unreadable } from './readText';
import { ReferenceList } from './ReferenceList';

/** Unreadable references that are shown of one entity. */
const MAX_REFERENCES = 20;
/** Placeholders of one entity that are looked for. */
const MAX_PLACEHOLDERS = 100;

/**
 * Remembers, over all files, what can only be judged at the end: contracts of
 * one component in several files, and SLOs that refer to each other.
 *
 * @internal
 */
export class Linting {
  readonly problems = new ProblemList();
  readonly #references: ReferenceList;
  readonly #scope: FileScope;
  readonly #slos: SloLinting;
  readonly #contracts: ContractLinting;
  /** Of all that the files hold themselves. */
  readonly #refs = new Set<string>();
  #files = 0;
  #entities = 0;

  /**
   * @param options.wantsReferences - collect what is referred to, with places
   */
  constructor(options: { cwd: string; wantsReferences?: boolean }) {
    const { cwd, wantsReferences: isWanted = false } = options;
    const { problems } = this;
    const references = new ReferenceList({ isWanted });
    this.#references = references;
    this.#scope = new FileScope({ cwd });
    this.#slos = new SloLinting({ problems, references });
    this.#contracts = new ContractLinting({
      ...{ cwd, problems, references },
      scope: this.#scope,
      sloParts: this.#slos.parts,
    });
  }

  /** Whether the file was read already because an entity points to it. */
  isKnown(path: string): boolean {
    return this.#contracts.isKnown(path);
  }

  countFile(): void {
    this.#files += 1;
  }

  /** Takes a file that is not YAML. */
  addBroken(file: FoundFile, errors: readonly Problem[]): void {
    this.#contracts.addBroken(file);
    this.problems.addYamlErrors(file.name, errors);
  }

  /** Checks a contract in a file of its own. */
  addContractFile(source: LintSource): void {
    this.#contracts.addFile(source);
  }

  /** Takes an SLO, or what one refers to. */
  addSlo(source: LintSource): void {
    const ref = refOf(source.document.value as Entity);
    if (ref !== undefined) {
      this.#refs.add(ref);
    }
    this.#slos.add(source);
  }

  /** Checks an entity and the contract it carries or points to. */
  async addEntity(source: LintSource): Promise<void> {
    const { file, document } = source;
    this.#entities += 1;
    const value = document.value as Entity;
    const { placeholders, templated } = findUnknownValues(value);
    const unknown = [...templated, ...placeholders.map(({ path }) => path)];
    const problems = await lintEntity({
      value,
      isUnknown: path => unknown.some(known => isAtOrBelow(path, known)),
    });
    this.problems.add(file.name, 'entity', problems.map(document.locate));
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
    this.problems.add(
      file.name,
      'entity',
      named.problems.slice(0, MAX_REFERENCES).map(document.locate),
    );
    this.#references.add(source, named.references);
    const contractAt = this.#contracts.addCarried(source, value);
    const others = placeholders.filter(
      ({ path }) => contractAt === undefined || !isAtOrBelow(path, contractAt),
    );
    for (const placeholder of others.slice(0, MAX_PLACEHOLDERS)) {
      this.#checkPlaceholder(source, placeholder);
    }
  }

  /** Judges what could not be judged before. */
  finish(): LintResult {
    const slos = this.#slos.finish();
    const contracts = this.#contracts.finish();
    return {
      problems: this.problems.sorted(),
      counts: {
        files: this.#files + contracts.files,
        entities: this.#entities,
        contracts: contracts.contracts,
        slos: slos + contracts.slos,
      },
      references: this.#references.references.filter(
        ({ ref }) => !this.#refs.has(ref),
      ),
      sloReferences: this.#references.slos.filter(
        ({ name }) => !this.#slos.has(name),
      ),
    };
  }

  /** The file that a placeholder names has to be there. */
  #checkPlaceholder(
    { file, document }: LintSource,
    { path, reference }: Placeholder,
  ): void {
    const fail = (message: string) =>
      this.problems.add(file.name, 'file', [
        document.locate({ path, message }),
      ]);
    const target = this.#scope.find(file.path, reference);
    if (target === undefined) {
      return;
    }
    if ('message' in target) {
      fail(target.message);
      return;
    }
    const reason = unreadable(target.path);
    if (reason !== undefined) {
      fail(`${reference} ${reason}`);
    }
  }
}
