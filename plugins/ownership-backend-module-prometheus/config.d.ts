export interface Config {
  ownership?: {
    prometheus?: {
      /** Prometheus, Thanos, Mimir, Cortex or VictoriaMetrics servers. */
      servers?: Array<{
        /** What SLOs write as their data source; unique. */
        name: string;
        /**
         * What `/api/v1/query_range` is added to, http or https, without
         * credentials; `https://mimir.example.org/prometheus` for Mimir.
         */
        url: string;
        /**
         * Whether it is asked about SLOs that name no data source, those
         * without a type among them. Without any default a single server is
         * asked about SLOs of type Prometheus.
         *
         * @default false
         */
        default?: boolean;
        /** Sent as `X-Scope-OrgID`; for Mimir and Cortex. */
        tenant?: string;
        auth?:
          | {
              type: 'bearer';
              /** @visibility secret */
              token: string;
            }
          | {
              type: 'basic';
              username: string;
              /** @visibility secret */
              password: string;
            };
        /**
         * More headers of every call.
         *
         * @deepVisibility secret
         */
        headers?: { [name: string]: string };
        /**
         * How long a query may take, 1 second to 5 minutes.
         *
         * @default { seconds: 30 }
         */
        timeout?:
          | string
          | { minutes?: number; seconds?: number; milliseconds?: number };
        /**
         * Sent as `partial_response`. Set it to `false` for Thanos, so that a
         * store that is down is an error and not a smaller number.
         */
        partialResponse?: boolean;
        /**
         * Whether the SLOs that Sloth and Pyrra record there are taken over.
         *
         * @default true
         */
        discover?: boolean;
      }>;
      discovery?: {
        /**
         * Labels of recorded SLOs whose value names the component, as a name
         * or a full ref; the first one an SLO has is taken.
         *
         * @default ["component", "sloth_service", "service"]
         */
        componentLabels?: string[];
      };
    };
  };
}
