/** How the sample vendor writes what it is told to say. */
export interface SampleWire {
  readonly contentType: string;
  /** One frame with a piece of the answer. */
  piece(text: string): string;
  /** All that comes after the last piece. */
  ending(usage: { readonly inputTokens: number; readonly outputTokens: number } | undefined): string;
  /** A frame that nobody can understand, with `text` in it. */
  garbage(text: string): string;
  /** The body of a refusal. */
  error(message: string): string;
}

/** OpenAI's chat completions, as a stream. */
export const chatCompletionsWire: SampleWire = {
  contentType: 'text/event-stream',
  piece: (content) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`,
  ending(usage) {
    const counted = usage && { prompt_tokens: usage.inputTokens, completion_tokens: usage.outputTokens };
    return `data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: 'stop' }], usage: counted })}\n\ndata: [DONE]\n\n`;
  },
  garbage: (text) => `data: {"choices": ${text}\n\n`,
  error: (message) => JSON.stringify({ error: { message, code: 'sample_error' } }),
};

/** The protocol of remote providers. */
export const remoteWire: SampleWire = {
  contentType: 'application/x-ndjson',
  piece: (text) => `${JSON.stringify({ type: 'text-delta', text })}\n`,
  ending: (usage) => `${JSON.stringify({ type: 'finish', reason: 'stop', usage })}\n`,
  garbage: (text) => `{"type": ${text}\n`,
  error: (message) => JSON.stringify({ error: { message } }),
};
