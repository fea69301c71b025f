import type { Readable } from 'node:stream';
import { InputError } from '@backstage/errors';
import {
  boundsOfMonth,
  CostTagIndex,
  focusColumns,
  readFocusRow,
  type FocusResult,
  type Measurement,
} from '@service-ownership/backstage-plugin-ownership-common';
import { parse, type Info } from 'csv-parse';
import { breathe } from '../drift/scan/breathe';

const MAX_ERRORS = 100;
const SHOWN_UNMATCHED = 50;
/** Different tags that are told apart; what is beyond is added up as one. */
const MAX_UNMATCHED = 2000;
const OTHER = 'other tags';

/**
 * Reads a FOCUS cost file and adds it up by component, month and currency.
 * Memory grows with the number of components, not with the file.
 *
 * Law: matched and unmatched amounts together are the whole file, but for the
 * rows that are told as errors.
 */
export class FocusImport {
  readonly #index: CostTagIndex;
  readonly #cost: 'effective' | 'billed';
  readonly #now: Date;
  readonly #sums = new Map<string, number>();
  readonly #months = new Set<string>();
  readonly #unmatched = new Map<string, FocusResult['unmatched'][number]>();
  readonly #errors: FocusResult['errors'] = [];
  #errorCount = 0;
  #rows = 0;
  #matched = 0;

  constructor(options: {
    index: CostTagIndex;
    cost: 'effective' | 'billed';
    now: Date;
  }) {
    this.#index = options.index;
    this.#cost = options.cost;
    this.#now = options.now;
  }

  /**
   * Reads the whole stream.
   *
   * @throws InputError where it is no FOCUS file, or no CSV up to its end: half
   * a file must not take the place of a whole one
   */
  async read(stream: Readable): Promise<void> {
    const parser = parse({
      bom: true,
      columns: (header: string[]) => this.#checkHeader(header),
      info: true,
      max_record_size: 262_144,
      relax_column_count: true,
      skip_empty_lines: true,
    });
    stream.on('error', error => parser.destroy(error));
    stream.on('aborted', () =>
      parser.destroy(new InputError('The upload ended before its end')),
    );
    stream.pipe(parser);
    let count = 0;
    try {
      for await (const { record, info } of parser as AsyncIterable<{
        record: Record<string, string>;
        info: Info;
      }>) {
        count += 1;
        await breathe(count);
        this.#add(record, info.lines);
      }
    } catch (error) {
      stream.unpipe(parser);
      stream.resume();
      throw error instanceof InputError
        ? error
        : new InputError(`The file could not be read: ${error}`);
    }
    if (this.#rows === 0) {
      throw new InputError(
        'The file has no charge: expected CSV with a header of FOCUS columns',
      );
    }
  }

  /** Starts of the months in the file, ISO 8601. */
  get monthStarts(): string[] {
    return [...this.#months].map(month => boundsOfMonth(month).start);
  }

  /** What to store, for a source. */
  measurements(source: string): Measurement[] {
    return [...this.#sums].map(([key, value]) => {
      const [entityRef, month, currency] = key.split('\n');
      return {
        entityRef,
        measure: 'cost',
        value,
        currency,
        ...boundsOfMonth(month),
        source,
      };
    });
  }

  /** What was found. */
  result(): FocusResult {
    const matched = new Map<string, number>();
    const entities = new Set<string>();
    for (const [key, value] of this.#sums) {
      const [entityRef, , currency] = key.split('\n');
      entities.add(entityRef);
      matched.set(currency, (matched.get(currency) ?? 0) + value);
    }
    const unmatched = [...this.#unmatched.values()];
    const lost = new Map<string, number>();
    for (const { currency, amount } of unmatched) {
      lost.set(currency, (lost.get(currency) ?? 0) + amount);
    }
    return {
      rows: this.#rows,
      matched: this.#matched,
      entities: entities.size,
      months: [...this.#months].sort(),
      matchedAmounts: toAmounts(matched),
      unmatchedAmounts: toAmounts(lost),
      unmatched: unmatched
        .sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount))
        .slice(0, SHOWN_UNMATCHED),
      errorCount: this.#errorCount,
      errors: this.#errors,
    };
  }

  #checkHeader(header: string[]): string[] {
    const missing = [
      focusColumns[this.#cost],
      focusColumns.currency,
      focusColumns.start,
      focusColumns.tags,
    ].filter(column => !header.includes(column));
    if (missing.length > 0) {
      throw new InputError(
        `Line 1: not a FOCUS cost file, it lacks ${missing.join(
          ', ',
        )}; expected comma-separated columns as of FOCUS 1.0 or later`,
      );
    }
    return header;
  }

  #add(row: Record<string, string>, line: number): void {
    this.#rows += 1;
    const read = readFocusRow({ row, cost: this.#cost, now: this.#now });
    if ('message' in read) {
      this.#fail(line, read.message);
      return;
    }
    const { amount, currency, month, tags, service } = read.charge;
    this.#months.add(month);
    const found = this.#index.find(tags);
    if (found && 'entityRef' in found) {
      const key = [found.entityRef, month, currency].join('\n');
      this.#sums.set(key, (this.#sums.get(key) ?? 0) + amount);
      this.#matched += 1;
      return;
    }
    const reason = found
      ? `fits ${found.ambiguous.slice(0, 3).join(', ')} alike`
      : 'fits no contract';
    let text = describeTags(tags, service);
    let key = [currency, reason, text].join('\n');
    if (!this.#unmatched.has(key) && this.#unmatched.size >= MAX_UNMATCHED) {
      text = OTHER;
      key = [currency, OTHER].join('\n');
    }
    const group = this.#unmatched.get(key) ?? {
      tags: text,
      reason: text === OTHER ? 'too many to tell apart' : reason,
      currency,
      amount: 0,
      rows: 0,
    };
    group.amount += amount;
    group.rows += 1;
    this.#unmatched.set(key, group);
  }

  #fail(line: number, message: string): void {
    this.#errorCount += 1;
    if (this.#errors.length < MAX_ERRORS) {
      this.#errors.push({ line, message });
    }
  }
}

function describeTags(tags: Record<string, string>, service?: string): string {
  const text = Object.entries(tags)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(', ');
  return (text || `no tags${service ? ` (${service})` : ''}`).slice(0, 300);
}

function toAmounts(sums: ReadonlyMap<string, number>) {
  return [...sums]
    .map(([currency, amount]) => ({ currency, amount }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
