import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { ReplicaCall, ReplicaReport, ReplicaScan } from './ReplicaCall';

interface Answer {
  id?: number;
  result?: ReplicaReport;
  error?: string;
  started?: boolean;
  paused?: boolean;
}

/** A replica of the backend in a process of its own. */
export class Replica {
  readonly #process: ChildProcess;
  readonly #started: Promise<void>;
  readonly #ended: Promise<'killed'>;
  readonly #waiting = new Map<string, (answer: Answer) => void>();
  #calls = 0;

  constructor() {
    this.#process = fork(require.resolve('./replicaProcess'), {
      execArgv: [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      ],
      // Nothing of the test runner's own.
      env: { PATH: process.env.PATH, NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#ended = once(this.#process, 'exit').then(() => 'killed');
    this.#started = this.#heard('started').then(() => undefined);
    this.#process.on('message', (answer: Answer) => {
      const { id, started } = answer;
      const what = started ? 'started' : 'paused';
      this.#waiting.get(id ? `${id}` : what)?.(answer);
    });
  }

  /** Runs a scan to its end. Says what it did, or that it was killed. */
  async scan(options: ReplicaScan): Promise<ReplicaReport | 'killed'> {
    return this.#call({ scan: options });
  }

  /** Waits for the pause that a scan is told to make. */
  async paused(): Promise<void> {
    await this.#heard('paused');
  }

  /** Ends a pause. */
  goOn(): void {
    this.#process.send({ id: 0, goOn: true } satisfies ReplicaCall);
  }

  /** Turns its clock. */
  turnClock(now: string): void {
    this.#process.send({ id: 0, now } satisfies ReplicaCall);
  }

  /** Waits until it may be called. */
  async ready(): Promise<void> {
    await this.#started;
  }

  /** Closes its connections to a database. */
  async release(connection: string): Promise<void> {
    await this.#call({ release: connection });
  }

  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#ended;
  }

  #heard(what: string): Promise<Answer> {
    return new Promise(resolve => {
      this.#waiting.set(what, resolve);
    });
  }

  async #call(
    call: Omit<ReplicaCall, 'id'>,
  ): Promise<ReplicaReport | 'killed'> {
    await this.#started;
    this.#calls += 1;
    const id = this.#calls;
    const answered = this.#heard(`${id}`);
    this.#process.send({ id, ...call } satisfies ReplicaCall);
    const answer = await Promise.race([answered, this.#ended]);
    if (answer === 'killed') {
      return answer;
    }
    if (!answer.result) {
      throw new Error(answer.error);
    }
    return answer.result;
  }
}
