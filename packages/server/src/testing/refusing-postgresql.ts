import { once } from 'node:events';
import { createServer } from 'node:net';

export interface RefusingPostgresql extends AsyncDisposable {
  readonly port: number;
}

/** Speaks just enough of PostgreSQL's protocol to refuse whoever comes, with this SQLSTATE. */
export async function openRefusingPostgresql(sqlState: string): Promise<RefusingPostgresql> {
  const fields = Buffer.from(`SFATAL\0C${sqlState}\0Mrefused for hunter2\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeUInt32BE(fields.length + 4, 1);
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(Buffer.concat([head, fields])));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, 'close');
    },
  };
}
