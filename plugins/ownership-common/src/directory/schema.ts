import { z } from 'zod';
import { entityRefSchema, timestampSchema } from '../api';

/**
 * Shape of what an alias does now:
 *
 * - `in-force`: the old ref resolves to the new one.
 * - `unneeded`: a group or user of the old ref is still in the catalog; it
 *   speaks for itself, and the alias waits.
 * - `dangling`: nothing of the new ref is in the catalog.
 * - `cycle`: following it leads back to it.
 *
 * @public
 */
export const aliasStatusSchema = z.enum([
  'in-force',
  'unneeded',
  'dangling',
  'cycle',
]);

/**
 * What an alias does now.
 *
 * @public
 */
export type AliasStatus = z.infer<typeof aliasStatusSchema>;

/**
 * Shape of an alias of a group or user.
 *
 * @public
 */
export const directoryAliasSchema = z.object({
  /** The old ref, canonical; a name that no entity can bear, such as `port team`, included. */
  from: z.string(),
  /** What it is to mean, as written. */
  to: z.string(),
  /** Where the chain ends; there while it is `in-force`. */
  resolvesTo: entityRefSchema.optional(),
  status: aliasStatusSchema,
  /** `configuration`: it stands in app-config and is changed there. */
  source: z.enum(['configuration', 'portal']),
  comment: z.string().optional(),
  createdBy: z.string().optional(),
  createdAt: timestampSchema.optional(),
  /**
   * Components that still say the old ref, as far as the caller may see them and
   * the last scan found it: those that the alias makes up for; of one that is not
   * in force those that name the old ref as owner.
   */
  components: z.number().int(),
  /**
   * True once a scan found the alias in force and no component, of whomever,
   * that needs it: none says the old ref, and no other alias leads through it.
   * False also where the rule `owner-renamed` does not look at all components.
   */
  unused: z.boolean().optional(),
});

/**
 * An old ref of a group or user that stands for a new one.
 *
 * @public
 */
export type DirectoryAlias = z.infer<typeof directoryAliasSchema>;

/**
 * Shape of the groups that an old ref could stand for.
 *
 * @public
 */
export const aliasSuggestionsSchema = z.object({
  /** Best first. */
  items: z.array(
    z.object({
      ref: entityRefSchema,
      title: z.string(),
      /** For how many of the orphans that were looked at it is suggested as owner. */
      components: z.number().int(),
      /** 0 to 1: the mean over the orphans that were looked at, 0 where it is not suggested. */
      confidence: z.number(),
      /** The evidence in words that most of those orphans have. */
      reason: z.string(),
    }),
  ),
  /**
   * Orphans of the old ref that were looked at: of those the caller may see the
   * first 500 by ref.
   */
  orphans: z.number().int(),
  /** All orphans of the old ref that the caller may see. */
  allOrphans: z.number().int().optional(),
});

/**
 * The groups that an old ref could stand for.
 *
 * @public
 */
export type AliasSuggestions = z.infer<typeof aliasSuggestionsSchema>;

/**
 * Shape of a new alias, or a change of one.
 *
 * @public
 */
export const directoryAliasRequestSchema = z.object({
  /** The old ref, of a group or user; without a kind a group. */
  from: z.string().trim().min(1).max(300),
  /** The new ref; has to be in the catalog. */
  to: z.string().trim().min(1).max(300),
  comment: z.string().trim().max(2000).optional(),
});

/**
 * A new alias, or a change of one.
 *
 * @public
 */
export type DirectoryAliasRequest = z.infer<typeof directoryAliasRequestSchema>;
