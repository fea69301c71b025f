import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  normalizeRef,
  ownerPatch,
  type EntityOwnership,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Entity } from '@backstage/catalog-model';
import type { Knex } from 'knex';
import type { ComponentDocument } from '../ComponentDocument';
import { columnText } from '../store/columnText';
import type { ComponentRow } from '../store/ComponentRow';
import type { DecisionRow } from './readDecisions';

type Suggestions = NonNullable<EntityOwnership['suggestedOwners']>;

/**
 * Who is suggested as owner of a component, and what people answer. The next
 * scan learns from it; the component itself shows it at once.
 */
export class OwnerDecisionService {
  readonly #knex: Knex;
  readonly #now: () => Date;

  constructor(options: { database: Knex; now: () => Date }) {
    this.#knex = options.database;
    this.#now = options.now;
  }

  /** @throws NotFoundError for what no scan has seen */
  async suggestions(entityRef: string): Promise<Suggestions> {
    const { document } = await this.#component(this.#knex, entityRef);
    return withPatches(document);
  }

  /**
   * Keeps an answer. What was accepted before for the component is not any
   * more: it is to have one owner.
   *
   * @throws ConflictError for a group that is not suggested and was not before
   */
  async decide(options: {
    entityRef: string;
    /** Ref of the group. */
    owner: string;
    decision: DecisionRow['decision'];
    by: string;
    comment?: string;
  }): Promise<Suggestions> {
    const { entityRef, decision, by } = options;
    const owner = normalizeRef(options.owner, { kind: 'group' });
    const comment = columnText(options.comment ?? '', 2000).trim();

    return this.#knex.transaction(async tx => {
      const { row, document } = await this.#component(tx, entityRef);
      const suggested = document.suggestedOwners ?? [];
      const suggestion = suggested.find(({ ref }) => ref === owner);
      const earlier: DecisionRow | undefined = await tx('owner_decisions')
        .where({
          entity_ref: entityRef,
          owner_ref: columnText(owner ?? '', 300),
        })
        .first();
      if (!owner || (!suggestion && !earlier)) {
        throw new ConflictError(
          `owner: ${options.owner.slice(
            0,
            300,
          )} is not suggested as owner of ${entityRef}; suggested are ${
            suggested.map(({ ref }) => ref).join(', ') || 'none'
          }`,
        );
      }
      if (decision === 'accepted') {
        await tx('owner_decisions')
          .where({ entity_ref: entityRef, decision: 'accepted' })
          .delete();
      }
      const signals = suggestion?.signals?.filter(kind => kind !== 'accepted');
      await tx<DecisionRow>('owner_decisions')
        .insert({
          entity_ref: entityRef,
          owner_ref: owner,
          decision,
          signals: signals ? JSON.stringify(signals) : earlier?.signals ?? '[]',
          comment: comment || null,
          decided_by: by,
          decided_at: this.#now().toISOString(),
        })
        .onConflict(['entity_ref', 'owner_ref'])
        .merge();

      const answered = {
        ...document,
        suggestedOwners: answer({ suggested, owner, decision }),
      };
      await tx<ComponentRow>('components')
        .where({ entity_ref: entityRef, fingerprint: row.fingerprint })
        // No scan gives this fingerprint: the next one weighs everything anew.
        .update({
          document: JSON.stringify(answered),
          fingerprint: 'answered',
        });
      return withPatches(answered);
    });
  }

  async #component(knex: Knex, entityRef: string) {
    const row: Pick<ComponentRow, 'document' | 'fingerprint'> | undefined =
      await knex('components')
        .where('entity_ref', columnText(entityRef, 300))
        .first('document', 'fingerprint');
    if (!row) {
      throw new NotFoundError(`There is no component ${entityRef}`);
    }
    return { row, document: JSON.parse(row.document) as ComponentDocument };
  }
}

function answer(options: {
  suggested: Suggestions;
  owner: string;
  decision: DecisionRow['decision'];
}): Suggestions {
  const { suggested, owner, decision } = options;
  const others = suggested
    .filter(({ ref }) => ref !== owner)
    .map(suggestion =>
      decision === 'accepted'
        ? {
            ...suggestion,
            signals: suggestion.signals?.filter(kind => kind !== 'accepted'),
          }
        : suggestion,
    );
  const chosen = suggested.find(({ ref }) => ref === owner);
  return decision === 'accepted' && chosen
    ? [
        {
          ...chosen,
          signals: [...new Set(['accepted', ...(chosen.signals ?? [])])],
        },
        ...others,
      ]
    : others;
}

/** Each with the YAML that makes it the owner. */
function withPatches(document: ComponentDocument): Suggestions {
  return (document.suggestedOwners ?? []).map(suggestion => ({
    ...suggestion,
    patch: ownerPatch({
      entity: document.entity as Entity,
      owner: suggestion.ref,
    }),
  }));
}
