import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';
import type { HumanDuration } from '@backstage/types';

export interface Config {
  /** Service ownership: who answers for what, and whether it is still true. */
  ownership?: {
    /**
     * Kinds of entities that need an owner, in any case.
     *
     * @default ["component", "system", "api", "resource"]
     */
    kinds?: string[];

    /**
     * What each tier asks for, and `none` for components without a tier.
     * What is left out stays as in the built-in table: see the contract
     * reference.
     */
    tiers?: {
      [tier in 'tier-1' | 'tier-2' | 'tier-3' | 'tier-4' | 'none']?: {
        captain?: boolean;
        onCall?: boolean;
        /** Least number of escalation steps, 0 to 20. */
        escalationSteps?: number;
        /** Least number of SLOs, 0 to 100. */
        slos?: number;
        errorBudgetPolicy?: boolean;
        /** Areas that runbooks have to cover. */
        runbookAreas?: string[];
        /** A runbook reviewed longer ago is stale; 1 to 3650. */
        runbookStaleAfterDays?: number;
        /** Every required runbook is drilled within so many days; 1 to 3650. */
        drillWithinDays?: number;
        /** How often the contract is reviewed; ISO 8601 duration. */
        reviewCadence?: string;
      };
    };

    /**
     * The group (or user) that runs the catalog, as an entity ref such as
     * `group:default/platform`. Told when a scan was suspended, and of orphans
     * that have no living owner above them. Without it nobody is told.
     */
    platformTeam?: string;

    /** Deployments, incidents and costs; see docs/measures.md. */
    measures?: {
      /**
       * How long after a deployment to production a rollback or an incident is
       * laid to it; from a minute to 30 days. After a change past deployments
       * are judged again within a day.
       *
       * @default { hours: 24 }
       */
      failureWindow?: string | HumanDuration;
      /**
       * Ids of the environments that count, in any case; a `*` stands for
       * anything and may occur once in each. An event without an environment
       * counts.
       *
       * @default ["prod*", "live*"]
       */
      productionEnvironments?: string[];
      /**
       * Which component the service of an event is, where it is not called like
       * it; the first one that fits counts.
       */
      services?: Array<{
        /** Pattern of the source with at most one `*`; any without. */
        source?: string;
        /** Pattern of the id with at most one `*`: `deploy-*-v2`. */
        subject: string;
        /** The component; `$1` is what the `*` in `subject` stood for. */
        entityRef: string;
      }>;
      /**
       * Names of the tag in which charges carry their cost center.
       *
       * @default ["cost-center", "cost_center", "costCenter", "CostCenter"]
       */
      costCenterTags?: string[];
    };

    notifications?: {
      /**
       * Whether owners are told of new and reopened findings, one message for
       * each team and scan. Needs the notifications backend.
       *
       * @default true
       */
      enabled?: boolean;

      /**
       * How often a team is told what is new and what is due within 14 days:
       * after each scan that found something, once a day, once a week, or not.
       * A group says otherwise for itself with the annotation
       * `service-ownership.io/digest`, with the same values.
       *
       * @default scan
       */
      digest?: 'scan' | 'daily' | 'weekly' | 'off';

      /**
       * Of which SLO alerts owners are notified, where notifications are
       * enabled: `all`, `page` (only those that wake somebody) or `none`
       * (another tool does). Events tell of all of them in any case.
       *
       * @default all
       */
      sloAlerts?: 'all' | 'page' | 'none';
    };

    digest?: {
      /**
       * When teams and leaders are told what changed in a week: the people
       * directly in each group that answers for something, once a week, about
       * the group with everything below it. Needs
       * `ownership.notifications.enabled`. `off` sends none; a group that has
       * `service-ownership.io/digest: off` gets none.
       */
      weekly?:
        | 'off'
        | {
            /**
             * @default monday
             */
            day?:
              | 'monday'
              | 'tuesday'
              | 'wednesday'
              | 'thursday'
              | 'friday'
              | 'saturday'
              | 'sunday';
            /**
             * Hour of the day, 0 to 23, in the zone.
             *
             * @default 8
             */
            hour?: number;
            /**
             * An IANA time zone such as `Europe/Berlin`.
             *
             * @default UTC
             */
            zone?: string;
          };
    };

    slo?: {
      /**
       * How old the data of an SLO may be before its state is `no-data`; from
       * 10 minutes to 7 days. The default lets a source that pushes once an
       * hour be half an hour late. Time that is excluded does not count.
       *
       * @default { minutes: 90 }
       */
      staleAfter?: string | HumanDuration;

      /**
       * The same while the source that reads the SLO fails: it is asked every
       * minute, so it is not late but down. At most `staleAfter`.
       *
       * @default { minutes: 15 }
       */
      staleAfterFailing?: string | HumanDuration;

      /**
       * Share of its window that must have data for a verdict, 0 to 1; below
       * it the state of an SLO is `partial`.
       *
       * @default 0.5
       */
      minimumCoverage?: number;
    };

    directory?: {
      /**
       * Old refs of groups and users that stand for new ones, after a team was
       * renamed: `'group:default/falcon': group:default/kestrel`. What names the
       * old one resolves to the new one everywhere; a low finding
       * `owner-renamed` stays until the YAML follows. At most 5000; those made
       * in the portal stand beside them.
       */
      aliases?: { [oldRef: string]: string };
    };

    drift?: {
      /**
       * When the drift scan runs. One scan at a time over all replicas.
       *
       * @default every 30 minutes, 30 seconds after the start
       */
      schedule?: SchedulerServiceTaskScheduleDefinitionConfig;

      /**
       * For how long an owner has to be missing from the catalog before its
       * components count as orphaned: catalogs fill in stages after a start.
       * At least 0. A component that names no owner is orphaned at once.
       *
       * @default { hours: 1 }
       */
      gracePeriod?: string | HumanDuration;

      /**
       * The circuit breaker for an organisation provider that is down: a scan
       * that finds too many owners gone at once, or groups without an active
       * member left, is suspended, every verdict stays as it was, and the
       * platform team is told once.
       */
      massLoss?: {
        /**
         * Share of the owners that may be gone, 0 to 1; 1 switches the breaker
         * off.
         *
         * @default 0.1
         */
        share?: number;
        /**
         * Number of owners that must be gone at least for the breaker to act.
         *
         * @default 5
         */
        minimum?: number;
        /**
         * After this time the loss is taken for real (a reorganisation, not an
         * outage) and scans go on. Counted from the first suspended scan.
         *
         * @default { days: 7 }
         */
        acceptAfter?: string | HumanDuration;
      };

      /**
       * A running scan without a sign of life for this long is that of a
       * backend that was stopped: it is marked failed and another may start.
       * At least 10 seconds; a sign of life is given every few seconds.
       *
       * @default { minutes: 2 }
       */
      deadAfter?: string | HumanDuration;

      /**
       * Replicas that judge one scan at the same time, 1 to 32. With more than
       * 1, a scan that has to judge most of the catalog is cut into parts of
       * 2,000 components: each replica takes parts until none is left, and a
       * scan whose replica stops is carried on by another one. All replicas
       * have to run the same version with the same rules. Of use from tens of
       * thousands of components on.
       *
       * @default 1
       */
      shards?: number;

      /**
       * How long closed findings, tombstones and ended scans are kept.
       *
       * @default { days: 400 }
       */
      retention?: string | HumanDuration;

      waivers?: {
        /**
         * How far in the future a waiver, or a snooze, may expire.
         *
         * @default { days: 180 }
         */
        maxDuration?: string | HumanDuration;
        /**
         * Waivers that take effect only once somebody else approved them. A
         * severity that no entry names needs no approval.
         *
         * @default []
         */
        approval?: Array<{
          /** Of the findings; each severity in one entry only. */
          severity: Array<'critical' | 'high' | 'medium' | 'low'>;
          /**
           * Refs of groups and users who approve or reject; of a group its own
           * members. Nobody decides on what they asked for themselves, so name
           * more than one person.
           */
          approvers: string[];
        }>;
      };

      /**
       * Rules by id: `false` switches a rule off, `true` on. Unknown ids, settings and
       * parameters fail the start with a message that names them.
       */
      rules?: {
        [ruleId: string]:
          | boolean
          | {
              /** @default true */
              enabled?: boolean;
              /** Instead of the rule's own severity. */
              severity?: 'critical' | 'high' | 'medium' | 'low';
              /** Instead of the rule's defaults; see the rule catalogue. */
              parameters?: { [name: string]: unknown };
              /** A filter predicate over entities: the rule is asked about these only. */
              appliesTo?: object;
            };
      };

      /**
       * Rules of your own, at most 200: a filter predicate over the entity
       * decides, `message` says what is wrong. They stand beside the built-in
       * ones everywhere, and `rules` can change them by id. What is not right
       * fails the start with a message that names the place.
       */
      customRules?: Array<{
        /** Lower-case words with hyphens, at most 60 characters; not the id of another rule. */
        id: string;
        /** What is wrong when it fails, at most 120 characters. */
        title: string;
        /** Why it matters, in a sentence or two. */
        why?: string;
        /** How to fix it, in a sentence or two. */
        fix?: string;
        severity: 'critical' | 'high' | 'medium' | 'low';
        /** A filter predicate over entities: the rule is asked about these only. */
        appliesTo?: object;
        /** A filter predicate over entities: the rule fails where it holds. Either this or `passesWhen`. */
        failsWhen?: object;
        /** A filter predicate over entities: the rule fails where it does not hold. */
        passesWhen?: object;
        /**
         * What is wrong with one entity, at most 1000 characters. Fields of the
         * entity can be named: `{{ metadata.name }} has no pager`.
         */
        message: string;
        /** The next step for one entity, written like `message`. */
        remediation?: string;
        /** Where the rule is explained; an http(s) address. */
        docs?: string;
        /** A catalog-info.yaml snippet that passes. */
        example?: string;
      }>;
    };

    /**
     * Scorecards beside the default ones (`service-ownership-maturity` and
     * `production-readiness`). One with the id of a default one takes its
     * place; with `enabled: false` there is none of that id. Rules that are
     * switched off are left out.
     *
     * Read anew whenever it changes. What is invalid is not used: the last
     * valid configuration stays, or the default scorecards where there is none.
     */
    scorecards?: Array<
      | {
          id: string;
          enabled: false;
        }
      | {
          /** Lower-case letters, digits and `-`, at most 63. */
          id: string;
          title: string;
          description?: string;
          enabled?: true;
          /**
           * A filter predicate over entities: who is measured.
           *
           * @default components that run and are there to stay: no libraries,
           * documentation, trials or deprecated ones
           */
          appliesTo?: object;
          /** From the lowest to the highest, at least one. */
          levels: Array<{
            /** As above; not `none` and not `unknown`. */
            id: string;
            title: string;
            description?: string;
            /**
             * Ids of rules that must pass, beside those of the levels below; at
             * least one, each in one level only.
             */
            rules: string[];
          }>;
        }
    >;

    teams?: {
      /**
       * Load above which a team counts as overloaded: tier-weighted components
       * (tier-1 4, tier-2 2, tier-3 and no tier 1, tier-4 0.5) per active
       * member, above 0.
       *
       * @default 6
       */
      overloadedAbove?: number;
    };

    handover?: {
      /**
       * What has to be done before a handover is complete, where it does not
       * bring a list of its own: at most 50 items of at most 200 characters.
       * An empty list asks for nothing.
       */
      checklist?: string[];
      /**
       * When a handover is due that does not say so, in days after it was
       * proposed: above 0, at most 730. Past its due date the rule
       * `handover-stalled` reports it.
       *
       * @default 30
       */
      dueAfterDays?: number;
    };

    onCall?: {
      /**
       * When the on-call providers are asked who is on call. Pages show the
       * last answer and never wait for a provider.
       *
       * @default every 2 minutes
       */
      schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
    };

    badges?: {
      /**
       * Switches badges on: pictures for pages outside the portal, such as a
       * README, that say who answers, how mature it is and how much error
       * budget is left. They need no token; each has an address that nobody
       * can guess, made with this secret of at least 16 characters. Another
       * secret makes all addresses given out so far invalid.
       *
       * @visibility secret
       */
      secret?: string;
    };

    runbooks?: {
      /**
       * Directories of this machine from which Markdown runbooks of components
       * with a `file:` location may be shown, with everything below them.
       * Without any, such runbooks are not shown.
       */
      localDirectories?: string[];
      /**
       * Components whose runbooks are opened in an hour, to see whether they
       * are there, 0 to 10,000; 0 for never. Only hosts in `integrations` and
       * `backend.reading.allow` are asked.
       *
       * @default 100
       */
      checksPerHour?: number;
    };
  };
}
