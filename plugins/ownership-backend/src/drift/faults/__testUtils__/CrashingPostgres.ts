import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A PostgreSQL of its own, to be crashed and started again. */
export class CrashingPostgres {
  readonly #process: ChildProcess;
  /** Of its first database, as a URL. */
  readonly connection: string;

  private constructor(process: ChildProcess, connection: string) {
    this.#process = process;
    this.connection = connection;
  }

  static async start(): Promise<CrashingPostgres> {
    const child = fork(
      require.resolve('../../../../../../jest/postgresProcess.cjs'),
      { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] },
    );
    const [{ connection, error }] = await once(child, 'message');
    if (error) {
      throw new Error(error);
    }
    return new CrashingPostgres(child, connection);
  }

  /** Ends it as a power cut would. */
  async crash(): Promise<void> {
    await this.#tell('crash');
  }

  /** Starts it again, with what it had written. */
  async recover(): Promise<void> {
    await this.#tell('start');
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.disconnect();
    await ended;
  }

  async #tell(what: 'crash' | 'start'): Promise<void> {
    const done = once(this.#process, 'message');
    this.#process.send(what);
    await done;
  }
}
