import type { SliReading } from '@service-ownership/backstage-plugin-ownership-node';
import { columnText } from '../drift/store/columnText';
import {
  asksTheSame,
  endOfReading,
  planReading,
  readingDigest,
  settledReadTo,
} from './planReading';
import type { Stretch } from './planReading';
import type { SourcedSlo, SourceState } from './store/readSourcedSlos';
import type { FineBucket } from './store/writeBuckets';
import type { StoredReading } from './store/writeReadings';

/** How long the last buckets may be missing before it is said, in seconds. */
const QUIET_SECONDS = 900;

/** An SLO while it is being read: what was read and how it stands. */
export class SloReading implements StoredReading {
  readonly slo: SourcedSlo;
  state: SourceState;
  readonly todo: { hours?: Stretch; fine: Stretch };
  readonly #now: Date;
  /** The state from the first answer on, where it is not the stored one. */
  #fresh?: SourceState;
  replaces = false;
  fine: FineBucket[] = [];
  hours: FineBucket[] = [];
  failed = false;

  /** @param options - `source`: id of the source it is read from */
  constructor(options: { slo: SourcedSlo; source: string; now: Date }) {
    const { slo, source, now } = options;
    const digest = readingDigest(slo.definition);
    const known =
      slo.state?.digest === digest && slo.state.source === source
        ? slo.state
        : undefined;
    this.slo = slo;
    // Until other queries are answered, what is stored is that of the last ones.
    this.state = { source, digest, ...slo.state };
    this.#fresh = known ? undefined : { source, digest };
    this.todo = planReading({ ...slo, readTo: known?.readTo, now });
    this.#now = now;
  }

  get sloId(): number {
    return this.slo.id;
  }

  get errorChanged(): boolean {
    return this.state.error !== this.slo.state?.error;
  }

  get stateChanged(): boolean {
    const { state } = this;
    const stored = this.slo.state;
    return (
      this.errorChanged ||
      state.errorSince !== stored?.errorSince ||
      state.source !== stored?.source ||
      state.digest !== stored?.digest ||
      state.readTo !== stored?.readTo ||
      state.dataEnd !== stored?.dataEnd
    );
  }

  /** Takes over one answer; true where the request is over. */
  take(answer: SliReading): boolean {
    if ('error' in answer) {
      this.fail(answer.error);
      return true;
    }
    if (this.#fresh) {
      this.replaces = !(
        this.slo.state && asksTheSame(this.slo.state, this.#fresh)
      );
      this.state = this.#fresh;
      this.#fresh = undefined;
    }
    const { state } = this;
    for (const { start, seconds, good, total } of answer.buckets) {
      const bucket = { sloId: this.sloId, start, good, total };
      (seconds === 300 ? this.fine : this.hours).push(bucket);
      state.dataEnd = Math.max(state.dataEnd ?? 0, start + seconds);
    }
    state.readTo = settledReadTo({
      readTo: Math.max(answer.readTo, state.readTo ?? 0),
      dataEnd: state.dataEnd,
      now: this.#now,
    });
    const over = answer.readTo >= answer.request.to;
    const end = endOfReading(this.#now);
    if (over && answer.request.to === end) {
      this.#conclude(end);
    }
    return over;
  }

  fail(message: string): void {
    this.state.error = columnText(message, 1000);
    this.state.errorSince = this.state.errorSince ?? this.#now.toISOString();
    this.failed = true;
  }

  /** Once they are written. */
  forgetBuckets(): void {
    this.fine = [];
    this.hours = [];
    this.replaces = false;
  }

  #conclude(end: number) {
    if ((this.state.dataEnd ?? 0) < end - QUIET_SECONDS) {
      this.fail('It answers, but has no data for the queries');
    } else {
      delete this.state.error;
      delete this.state.errorSince;
    }
  }
}
