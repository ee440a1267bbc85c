/** JSON as it travels: tool arguments, schemas. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };
export type JsonObject = { readonly [key: string]: JsonValue };

export interface TextPart {
  readonly type: 'text';
  readonly text: string;
}
export interface FilePart {
  readonly type: 'file';
  /** For example `image/png`. */
  readonly mediaType: string;
  readonly name?: string | undefined;
  readonly data: Uint8Array;
}
export interface ToolCallPart {
  readonly type: 'tool-call';
  /** Unique within a conversation, even where the vendor has no ids. */
  readonly callId: string;
  readonly name: string;
  readonly arguments: JsonObject;
}
export interface ToolResultPart {
  readonly type: 'tool-result';
  readonly callId: string;
  readonly name: string;
  readonly content: string;
}
export type MessagePart = TextPart | FilePart | ToolCallPart | ToolResultPart;

export interface ModelMessage {
  /** `tool` holds tool-result parts only. */
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly parts: readonly MessagePart[];
}

export interface ToolDefinition {
  readonly name: string;
  readonly description?: string | undefined;
  /** JSON Schema of the arguments. */
  readonly parameters: JsonObject;
  readonly strict?: boolean | undefined;
}

export type ToolChoice = 'auto' | 'none' | 'required' | { readonly name: string };

export type ResponseFormat =
  | { readonly type: 'text' }
  | { readonly type: 'json' }
  | { readonly type: 'json-schema'; readonly name?: string | undefined; readonly schema: JsonObject };

export type ReasoningEffort = 'off' | 'low' | 'medium' | 'high';

/** One question to one model. What a vendor lacks is dropped and reported as a `warning` event. */
export interface ChatRequest {
  readonly messages: readonly ModelMessage[];
  readonly temperature?: number | undefined;
  readonly topP?: number | undefined;
  readonly maxOutputTokens?: number | undefined;
  readonly stop?: readonly string[] | undefined;
  readonly seed?: number | undefined;
  readonly reasoningEffort?: ReasoningEffort | undefined;
  readonly responseFormat?: ResponseFormat | undefined;
  readonly tools?: readonly ToolDefinition[] | undefined;
  readonly toolChoice?: ToolChoice | undefined;
  readonly parallelToolCalls?: boolean | undefined;
  /** Stable per conversation; vendors with prompt caches or sessions may use it. */
  readonly conversationId?: string | undefined;
}
