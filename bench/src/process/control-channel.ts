/** What crosses the channel between the bench and a process of its own. Structured clone carries it, typed arrays included. */
export interface ControlRequest {
  readonly id: number;
  readonly command: string;
  readonly input: unknown;
}

export type ControlReply = { readonly id: number; readonly output: unknown } | { readonly id: number; readonly error: string };

/** Commands of one process: name → what goes in and what comes out. */
export interface CommandTypes {
  readonly [command: string]: { readonly input: unknown; readonly output: unknown };
}

export type CommandHandlers<Commands extends CommandTypes> = {
  readonly [Name in keyof Commands]: (input: Commands[Name]['input']) => Promise<Commands[Name]['output']> | Commands[Name]['output'];
};

export function isControlRequest(message: unknown): message is ControlRequest {
  return typeof message === 'object' && message !== null && 'id' in message && 'command' in message;
}

export function isControlReply(message: unknown): message is ControlReply {
  return typeof message === 'object' && message !== null && 'id' in message && ('output' in message || 'error' in message);
}
