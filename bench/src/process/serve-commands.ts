import { type CommandHandlers, type CommandTypes, type ControlReply, type ControlRequest, isControlRequest } from './control-channel.ts';

type AnyHandler = (input: unknown) => unknown;

/** Answers the bench's commands in a process that `startWorker` made, and says that it is ready. */
export function serveCommands<Commands extends CommandTypes>(handlers: CommandHandlers<Commands>): void {
  const byName = new Map<string, AnyHandler>(Object.entries(handlers));
  process.on('message', (message: unknown) => {
    if (isControlRequest(message)) void answer(byName.get(message.command), message);
  });
  // The bench is gone: nobody would ever stop this process.
  process.on('disconnect', () => process.exit(0));
  // Death by signal would leave no compile cache behind.
  process.on('SIGTERM', () => process.exit(0));
  send({ id: 0, output: process.pid });
}

async function answer(handler: AnyHandler | undefined, { id, command, input }: ControlRequest): Promise<void> {
  try {
    if (!handler) throw new Error(`No command ${command}`);
    send({ id, output: await handler(input) });
  } catch (error) {
    send({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

function send(reply: ControlReply): void {
  process.send?.(reply);
}
