import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import type { PrometheusServerConfig } from '../PrometheusConfig';
import type { World } from '../server/PrometheusServer';

type Labels = Record<string, string>;

/** A counter: how much it grows in a second at a moment; NaN and Inf as they are. */
export interface FakeSeries {
  metric: string;
  labels: Labels;
  growth(time: number): number;
}

/** One call as it was made. */
export interface FakeCall {
  query: string;
  start: number;
  end: number;
  step: number;
  params: URLSearchParams;
  init: RequestInit;
  url: string;
}

/**
 * Evaluates the small part of PromQL that the source sends, over counters, and
 * answers as Prometheus does. `intercept` answers in its place.
 */
export class FakePrometheus {
  readonly calls: FakeCall[] = [];
  readonly series: FakeSeries[] = [];
  intercept?: (call: FakeCall) => Response | Promise<Response> | undefined;
  now = Date.parse('2026-11-21T08:02:00Z');
  readonly slept: number[] = [];
  /** Aborts every call that was made with it. */
  readonly timeouts: AbortController[] = [];

  readonly config: PrometheusServerConfig = {
    name: 'main',
    url: 'https://prometheus.example.org/base',
    isDefault: true,
    headers: {},
    timeoutMs: 30_000,
    discovers: true,
  };

  readonly world: World = {
    fetch: async (url, init) => this.#answer(String(url), init!),
    now: () => new Date(this.now),
    sleep: async milliseconds => {
      this.slept.push(milliseconds);
    },
    random: () => 1,
    timeout: () => {
      const controller = new AbortController();
      this.timeouts.push(controller);
      return controller.signal;
    },
  };

  async #answer(url: string, init: RequestInit): Promise<Response> {
    const params = new URLSearchParams(String(init.body));
    const call: FakeCall = {
      query: params.get('query')!,
      start: Number(params.get('start')),
      end: Number(params.get('end')),
      step: Number(params.get('step')),
      params,
      init,
      url,
    };
    this.calls.push(call);
    if ((call.end - call.start) / call.step > 11_000) {
      return json(
        { status: 'error', errorType: 'bad_data', error: 'too many points' },
        400,
      );
    }
    const intercepted = await this.intercept?.(call);
    return intercepted ?? matrix(this.evaluate(call));
  }

  /** The series of a query. */
  evaluate({ query, start, end, step }: FakeCall) {
    const top = parser.parse(query).topNode.firstChild!;
    return this.#select(query, top).map(({ labels, growth }) => {
      const values = [];
      for (let time = start; time <= end; time += step) {
        values.push([time, text(growth(time) * step)]);
      }
      return { metric: labels, values };
    });
  }

  #select(
    query: string,
    node: SyntaxNode,
  ): Array<Pick<FakeSeries, 'labels' | 'growth'>> {
    const words = ({ from, to }: SyntaxNode) => query.slice(from, to);
    const args = node.getChild('FunctionCallBody')?.firstChild ?? undefined;
    switch (node.name) {
      case 'BinaryExpr':
        return [
          ...this.#select(query, node.firstChild!),
          ...this.#select(query, node.lastChild!),
        ];
      case 'AggregateExpr': {
        const by = node
          .getChild('AggregateModifier')
          ?.getChild('GroupingLabels')
          ?.getChildren('LabelName')
          .map(words);
        const groups = new Map<string, Pick<FakeSeries, 'labels' | 'growth'>>();
        for (const { labels, growth } of this.#select(query, args!)) {
          const kept = Object.fromEntries(
            (by ?? []).map(label => [label, labels[label] ?? '']),
          );
          const before = groups.get(JSON.stringify(kept))?.growth;
          groups.set(JSON.stringify(kept), {
            labels: kept,
            growth: t => (before?.(t) ?? 0) + growth(t),
          });
        }
        return [...groups.values()];
      }
      case 'FunctionCall': {
        if (words(node).startsWith('increase')) {
          return this.#select(query, args!.firstChild!);
        }
        const [name, value] = node
          .getChild('FunctionCallBody')!
          .getChildren('StringLiteral')
          .map(literal => JSON.parse(words(literal)));
        return this.#select(query, args!).map(({ labels, growth }) => ({
          labels: { ...labels, [name]: value },
          growth,
        }));
      }
      case 'VectorSelector': {
        const metric = words(node.getChild('Identifier')!);
        const matchers = (
          node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ??
          []
        ).map(matcher => ({
          label: words(matcher.getChild('LabelName')!),
          operator: words(matcher.getChild('MatchOp')!),
          value: JSON.parse(words(matcher.getChild('StringLiteral')!)),
        }));
        return this.series.filter(
          series =>
            series.metric === metric &&
            matchers.every(({ label, operator, value }) => {
              const actual = series.labels[label] ?? '';
              const matches = operator.endsWith('~')
                ? new RegExp(`^(?:${value})$`, 's').test(actual)
                : actual === value;
              return matches !== operator.startsWith('!');
            }),
        );
      }
      default:
        throw new Error(`The fake cannot evaluate ${node.name}: ${query}`);
    }
  }
}

/** An answer of series. */
export function matrix(result: unknown[], more: object = {}): Response {
  return json({
    status: 'success',
    data: { resultType: 'matrix', result },
    ...more,
  });
}

/** An answer of JSON. */
export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status });
}

function text(value: number): string {
  return value === Infinity ? '+Inf' : String(value);
}
