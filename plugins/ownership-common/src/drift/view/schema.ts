import { z } from 'zod';
import { timestampSchema } from '../../api';
import { findingFilterSchema, findingGroupBySchema } from '../schema';

/**
 * Most views that one person may have.
 *
 * @public
 */
export const MAX_DRIFT_VIEWS = 200;

// They would turn round or break up what stands beside the name in a menu.
const UNFIT_FOR_NAMES =
  /[\p{Cc}\p{Cs}\u200e\u200f\u2028-\u202e\u2066-\u2069]|^[\s\p{Cf}]*$/u;

const name = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine(
    text => !UNFIT_FOR_NAMES.test(text),
    'expected letters that can be seen, without control or direction characters',
  );

const content = {
  filter: findingFilterSchema,
  /** As of the list of findings: `firstSeenAt,desc`. */
  orderBy: z
    .string()
    .regex(/^(severity|firstSeenAt|entityRef|ruleId)(,desc)?$/)
    .optional(),
  groupBy: findingGroupBySchema.optional(),
};

/**
 * Shape of a named filter over the findings.
 *
 * @public
 */
export const driftViewSchema = z.object({
  id: z.string(),
  /** As somebody wrote it: 1 to 100 characters of plain text. */
  name: z.string(),
  /** Who made it: a user, or `service:…`. */
  owner: z.string(),
  /** Whether everybody sees it. */
  shared: z.boolean(),
  /** Whether the caller's drift page begins with it. */
  isDefault: z.boolean(),
  /** Whether the caller may change or delete it. */
  mayChange: z.boolean(),
  ...content,
  createdAt: timestampSchema,
  updatedAt: timestampSchema,
});

/**
 * A named filter over the findings, of one person or shared by all.
 *
 * @public
 */
export type DriftView = z.infer<typeof driftViewSchema>;

/**
 * Shape of a new view.
 *
 * @public
 */
export const driftViewRequestSchema = z.object({
  name,
  ...content,
  /** Needs the permission to run scans. */
  shared: z.boolean().optional(),
  /** Begin with it from now on; only for the caller. */
  isDefault: z.boolean().optional(),
});

/**
 * A new view. Its name has to be another than those of the caller's own views.
 *
 * @public
 */
export type DriftViewRequest = z.infer<typeof driftViewRequestSchema>;

/**
 * Shape of a change of a view; what is left out stays.
 *
 * @public
 */
export const driftViewChangeSchema = driftViewRequestSchema.partial();

/**
 * A change of a view. With `filter`, order and grouping are those given with
 * it, or none. Anybody who sees a view may set `isDefault`.
 *
 * @public
 */
export type DriftViewChange = z.infer<typeof driftViewChangeSchema>;

/**
 * Shape of the views a caller may choose from.
 *
 * @public
 */
export const driftViewListSchema = z.object({
  items: z.array(driftViewSchema),
  /** Whether the caller may share views. */
  mayShare: z.boolean(),
});

/**
 * The caller's own views and all shared ones, by name.
 *
 * @public
 */
export type DriftViewList = z.infer<typeof driftViewListSchema>;
