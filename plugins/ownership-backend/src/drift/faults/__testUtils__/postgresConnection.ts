/** The PostgreSQL of the test run; `undefined`, and loudly so, where there is none. */
export function postgresConnection(what: string): string | undefined {
  const connection =
    process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING;
  if (!connection) {
    // eslint-disable-next-line no-console -- a skip is to be seen
    console.warn(`SKIPPED: ${what} is not tested, for there is no PostgreSQL`);
  }
  return connection;
}
