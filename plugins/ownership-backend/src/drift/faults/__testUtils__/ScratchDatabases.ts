import { randomBytes } from 'node:crypto';
import knexFactory, { type Knex } from 'knex';

/** Databases of one PostgreSQL, made as copies of each other and removed at the end. */
export class ScratchDatabases {
  readonly #connection: string;
  readonly #prefix = `faults_${randomBytes(4).toString('hex')}`;
  readonly #names: string[] = [];

  constructor(connection: string) {
    this.#connection = connection;
  }

  /** Makes a database; gives its connection. Nobody may be connected to the template. */
  async create(options?: { template: string }): Promise<string> {
    const name = `${this.#prefix}_${this.#names.length}`;
    this.#names.push(name);
    const template = options && new URL(options.template).pathname.slice(1);
    await withDatabase(this.#connection, admin =>
      admin.raw('CREATE DATABASE ?? TEMPLATE ??', [
        name,
        template ?? 'template1',
      ]),
    );
    const url = new URL(this.#connection);
    url.pathname = `/${name}`;
    return url.href;
  }

  async drop(connection: string): Promise<void> {
    await this.#drop([new URL(connection).pathname.slice(1)]);
  }

  async close(): Promise<void> {
    await this.#drop(this.#names);
  }

  async #drop(names: string[]): Promise<void> {
    await withDatabase(this.#connection, async admin => {
      for (const name of names) {
        await admin.raw('DROP DATABASE IF EXISTS ?? WITH (FORCE)', [name]);
      }
    });
  }
}

/** Does something with a database and leaves no connection to it. */
export async function withDatabase<T>(
  connection: string,
  run: (knex: Knex) => Promise<T>,
): Promise<T> {
  const knex = knexFactory({
    client: 'pg',
    connection,
    pool: { min: 0, max: 2 },
  });
  try {
    return await run(knex);
  } finally {
    await knex.destroy();
  }
}
