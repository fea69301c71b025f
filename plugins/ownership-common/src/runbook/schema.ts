import { z } from 'zod';
import { timestampSchema } from '../api';

/**
 * Shape of a runbook as shown.
 *
 * @public
 */
export const runbookSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** As declared: http(s), `techdocs:`, or a path in the same repository. */
  url: z.string(),
  /** Where a browser can open it; absent where the URL is not safe or not known. */
  href: z.string().optional(),
  /** True if `GET …/runbooks/:id/content` can show it in the portal. */
  readable: z.boolean(),
  covers: z.array(z.string()),
  alerts: z.array(z.string()),
  reviewedAt: z.string().optional(),
  drilledAt: z.string().optional(),
  /** Age of the review in days; absent where there was none. */
  reviewAgeDays: z.number().int().optional(),
  state: z.enum(['fresh', 'stale', 'unknown']),
  source: z.enum(['contract', 'catalog']),
});

/**
 * A runbook of a component as shown.
 *
 * @public
 */
export type Runbook = z.infer<typeof runbookSchema>;

/**
 * Shape of the text of a runbook.
 *
 * @public
 */
export const runbookContentSchema = z.object({
  title: z.string(),
  /** Markdown as found. To be shown sanitised, never as HTML. */
  markdown: z.string(),
  readAt: timestampSchema,
});

/**
 * The text of a runbook and when it was read.
 *
 * @public
 */
export type RunbookContent = z.infer<typeof runbookContentSchema>;
