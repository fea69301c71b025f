import { z } from 'zod';
import { entityRefSchema } from '../../api';
import { problemSchema } from '../../contract';
import { ownershipStateSchema, severitySchema } from '../schema';

/**
 * Shape of a change of rules to try: either `rules` and `customRules` as under
 * `ownership.drift` in the configuration and `tiers` as under `ownership`, or
 * any of them as YAML or JSON in `text`.
 *
 * @public
 */
export const ruleChangeSchema = z.strictObject({
  /** Settings by rule id. */
  rules: z.record(z.string().max(100), z.unknown()).optional(),
  /** Rules of the portal's own. */
  customRules: z.array(z.unknown()).max(200).optional(),
  /** What tiers ask for, by tier. */
  tiers: z.record(z.string().max(100), z.unknown()).optional(),
  /** The same as YAML or JSON, at most 200,000 characters; a whole app-config will do. */
  text: z.string().max(200_000).optional(),
  /**
   * True: the change takes the place of what is configured. Rules that are left
   * out are then as built in; without any rules, or without tiers, those of the
   * portal stay, unless `text` is a whole app-config, which says all there is.
   * Otherwise it is laid over what is configured: rule by rule, and of each tier
   * requirement by requirement.
   */
  replace: z.boolean().optional(),
});

/**
 * A change of rules to try.
 *
 * @public
 */
export type RuleChange = z.infer<typeof ruleChangeSchema>;

const sampleSchema = z.object({
  entityRef: entityRefSchema,
  message: z.string(),
});

const tallySchema = z.record(ownershipStateSchema, z.number().int());

/**
 * Shape of what a change of rules would do to the catalogue as it is now.
 *
 * @public
 */
export const ruleDryRunSchema = z.object({
  /** What is wrong with the change; with one or more nothing was tried. */
  problems: z.array(problemSchema),
  /** What the change would do; absent where there are problems. */
  outcome: z
    .object({
      /** Components that were judged and that the caller may see. */
      components: z.number().int(),
      /** Components that were left out because the caller may not see them. */
      hidden: z.number().int(),
      /** Findings that stand with the rules as they are. */
      findingsNow: z.number().int(),
      /** Findings that would stand with the change. */
      findingsThen: z.number().int(),
      opens: z.number().int(),
      closes: z.number().int(),
      /** Rules for which something would change, most first. */
      rules: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          /** With the change. */
          severity: severitySchema,
          /** Whether it is asked at all with the change. */
          enabled: z.boolean(),
          opens: z.number().int(),
          closes: z.number().int(),
          /** Findings that stay and would have another severity. */
          reweighed: z.number().int(),
          /** Components on which the rule threw. */
          broken: z.number().int(),
          /** At most 20 of the findings that would open. */
          opening: z.array(sampleSchema),
          /** At most 20 of the findings that would close. */
          closing: z.array(sampleSchema),
        }),
      ),
      states: z.object({
        /** Components that would come into another state. */
        changed: z.number().int(),
        now: tallySchema,
        then: tallySchema,
        /** At most 20 of those that change. */
        samples: z.array(
          z.object({
            entityRef: entityRefSchema,
            from: ownershipStateSchema,
            to: ownershipStateSchema,
            /** Why, in a sentence. */
            reason: z.string(),
          }),
        ),
      }),
    })
    .optional(),
});

/**
 * What a change of rules would do to the catalogue as it is now.
 *
 * @public
 */
export type RuleDryRun = z.infer<typeof ruleDryRunSchema>;
