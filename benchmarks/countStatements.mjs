import pg from 'pg';

/**
 * Counts what this process sends to PostgreSQL, by database, and the rows it
 * writes, by table. `take` gives the counts and starts anew.
 */
export function countStatements() {
  let counts = {};
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function counted(config, ...rest) {
    const text = typeof config === 'string' ? config : config?.text ?? '';
    const database = (counts[this.database] ??= { statements: 0, rows: {} });
    if (!/^(begin|commit|rollback|select 1)/i.test(text.trim())) {
      database.statements += 1;
    }
    const table =
      /^\s*(?:insert into|update|delete from)\s+"?(?:\w+"?\."?)?(\w+)/i.exec(
        text,
      )?.[1];
    const callback = rest.at(-1);
    if (table && typeof callback === 'function') {
      rest[rest.length - 1] = (error, result) => {
        database.rows[table] =
          (database.rows[table] ?? 0) + (result?.rowCount ?? 0);
        callback(error, result);
      };
    }
    return query.call(this, config, ...rest);
  };
  return {
    take() {
      const taken = counts;
      counts = {};
      return taken;
    },
  };
}
