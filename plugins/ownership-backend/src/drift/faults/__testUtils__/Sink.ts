import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { OwnershipEvent } from '../../../events/OwnershipEvents';

/** Everything that was told to one sink, in the order of arrival. */
export interface Told {
  events: OwnershipEvent[];
  notifications: NotificationSendOptions[];
}

/** Takes events and notifications of processes that may die meanwhile. */
export class Sink {
  readonly #server: Server;
  readonly #told = new Map<string, Told>();

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<Sink> {
    const server = createServer();
    const sink = new Sink(server);
    server.on('request', async (request, response) => {
      const [, name, kind] = request.url?.split('/') ?? [];
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(chunk);
      }
      sink
        .told(name)
        [kind as keyof Told].push(JSON.parse(Buffer.concat(chunks).toString()));
      response.end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return sink;
  }

  /** Where to tell things under a name. */
  url(name: string): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/${name}`;
  }

  told(name: string): Told {
    const told = this.#told.get(name) ?? { events: [], notifications: [] };
    this.#told.set(name, told);
    return told;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
