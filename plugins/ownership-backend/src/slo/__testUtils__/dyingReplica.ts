// A replica that is killed while it writes: it reads SLIs in a process of its
// own and ends itself with SIGKILL before the nth statement that changes what
// it has read. Without one it reads to the end.
import type { LoggerService } from '@backstage/backend-plugin-api';
import knexFactory from 'knex';
import { SliCollector } from '../SliCollector';
import { SloService } from '../SloService';
import { CountingSource } from './CountingSource';

const { connection, now, killAt } = JSON.parse(process.env.DYING_REPLICA!);
const knex = knexFactory({ client: 'pg', connection });
let writes = 0;
knex.on('query', ({ sql }: { sql: string }) => {
  if (/^\s*(insert into|update|delete from) "?(sli_|slos)/i.test(sql)) {
    writes += 1;
    if (writes === killAt) {
      process.kill(process.pid, 'SIGKILL');
    }
  }
});
const logger = { debug() {}, warn() {} } as unknown as LoggerService;
const clock = () => new Date(now * 1000);
const slos = new SloService({ knex, logger, now: clock });
new SliCollector({
  knex,
  slos,
  logger,
  now: clock,
  sources: [new CountingSource()],
})
  .collect({ signal: new AbortController().signal })
  .then(() => knex.destroy());
