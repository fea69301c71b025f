import type { Entity } from '@backstage/catalog-model';
import {
  findSloObject,
  isSloEntity,
  sloSubject,
} from '@service-ownership/backstage-plugin-ownership-common';
import { refOf } from '../entity/refOf';
import type { LintSource } from '../lint/LintSource';
import type { ProblemList } from '../lint/ProblemList';
import type { ReferenceList } from '../lint/ReferenceList';
import { lintSlos } from './lintSlos';
import { openSloKinds } from './openSloKinds';

/**
 * Checks the SLO documents of all files. They are read when all are known:
 * they refer to each other.
 *
 * @internal
 */
export class SloLinting {
  readonly #problems: ProblemList;
  readonly #references: ReferenceList;
  readonly #sources: LintSource[] = [];
  readonly #parts: Entity[] = [];
  readonly #entities: Entity[] = [];

  constructor(options: { problems: ProblemList; references: ReferenceList }) {
    this.#problems = options.problems;
    this.#references = options.references;
  }

  /** The OpenSLO objects found so far that SLOs may refer to. */
  get parts(): Entity[] {
    return this.#parts;
  }

  /** Takes an SLO, or what one refers to. */
  add(source: LintSource): void {
    const value = source.document.value as Entity;
    if (refOf(value) !== undefined) {
      const known = isSloEntity(value) ? this.#entities : this.#parts;
      known.push(value);
    }
    this.#sources.push(source);
  }

  /** Whether one of the SLOs found so far has this name. */
  has(name: string): boolean {
    const entities = this.#entities;
    return findSloObject({ entities, kind: 'SLO', name }) !== undefined;
  }

  /** @returns how many SLOs there are */
  finish(): number {
    return this.#sources.reduce((sum, source) => sum + this.#check(source), 0);
  }

  #check(source: LintSource): number {
    const { file, document } = source;
    const value = document.value as Entity;
    if (isOpenSloPart(value)) {
      if (!openSloKinds.includes(value.kind)) {
        const message = `is not a kind of OpenSLO; expected one of ${openSloKinds.join(
          ', ',
        )}`;
        this.#problems.add(file.name, 'slo', [
          document.locate({ path: 'kind', message }),
        ]);
      }
      return 0;
    }
    const { slos, errors, warnings } = lintSlos({
      items: [value],
      pathOf: () => '',
      parts: this.#parts,
    });
    this.#problems.add(file.name, 'slo', errors.map(document.locate));
    this.#problems.add(
      file.name,
      'slo',
      warnings.map(document.locate),
      'warning',
    );
    const subject = refOf(value) === undefined ? undefined : sloSubject(value);
    if (subject) {
      this.#references.add(source, [
        { ref: subject, path: 'spec.service', role: 'component' },
      ]);
    }
    return slos.length;
  }
}

function isOpenSloPart({ apiVersion, kind }: Entity): boolean {
  return /^openslo/.test(String(apiVersion)) && kind !== 'SLO';
}
