import type { AttachmentFacts } from '../attachment/attachment.ts';
import type { MessageOutcome } from '../chat/message.ts';
import type { ToolCallPart } from '../model/chat-request.ts';
import type { Usage, WarningEvent } from '../model/stream-event.ts';
import type { ChatId, MessageId, RunId } from '../shared/ids.ts';
import type { AttemptReason, RunEvent, RunEventBody, RunFinishEvent, RunSnapshot } from './run-event.ts';

interface RunIdentity {
  readonly id: RunId;
  readonly chatId: ChatId;
  readonly messageId: MessageId;
}

export type RunContent = Pick<MessageOutcome, 'text' | 'reasoning' | 'toolCalls' | 'attachments' | 'warnings'>;

/** What a run has said so far: the fold of its log. Mutable, because it is touched for every token. */
export class RunTranscript {
  text = '';
  reasoning = '';
  readonly toolCalls: ToolCallPart[] = [];
  readonly attachments: AttachmentFacts[] = [];
  readonly warnings: Omit<WarningEvent, 'type'>[] = [];
  usage: Usage | undefined;
  provider: string | undefined;
  model: string | undefined;
  attempt = 0;
  attemptReason: AttemptReason | undefined;
  position: number | undefined;
  finish: RunFinishEvent | undefined;

  static of(events: Iterable<RunEventBody>): RunTranscript {
    const transcript = new RunTranscript();
    for (const event of events) transcript.apply(event);
    return transcript;
  }

  /** Of stored events: a commit whose answer was lost is repeated, so that some may stand there twice. */
  static ofLog(events: readonly RunEvent[]): RunTranscript {
    const transcript = new RunTranscript();
    let seq = 0;
    for (const event of events) {
      if (event.seq <= seq) continue;
      seq = event.seq;
      transcript.apply(event);
    }
    return transcript;
  }

  apply(event: RunEventBody): void {
    switch (event.type) {
      case 'text-delta':
        this.text += event.text;
        return;
      case 'reasoning-delta':
        this.reasoning += event.text;
        return;
      case 'text-replace':
        this.text = this.text.slice(0, event.from) + event.text;
        return;
      case 'tool-call':
        this.toolCalls.push({ type: 'tool-call', callId: event.callId, name: event.name, arguments: event.arguments });
        return;
      case 'file':
        this.attachments.push(event.attachment);
        return;
      case 'warning':
        this.warnings.push(warningOf(event));
        return;
      case 'usage':
        this.usage = event.usage;
        return;
      case 'queued':
        this.position = event.position;
        return;
      case 'attempt':
        this.#startAttempt(event);
        return;
      case 'finish':
        this.finish = event;
        return;
      case 'start':
        return;
      default:
        event satisfies never;
    }
  }

  /** A text grown by many small additions is a tree of all of them to V8; reading a character makes it one piece. */
  compact(): void {
    this.text.charCodeAt(0);
    this.reasoning.charCodeAt(0);
  }

  /** What a message keeps of it. */
  content(): RunContent {
    return {
      text: this.text,
      reasoning: this.reasoning || undefined,
      toolCalls: this.toolCalls.length > 0 ? [...this.toolCalls] : undefined,
      attachments: this.attachments.length > 0 ? [...this.attachments] : undefined,
      warnings: this.warnings.length > 0 ? [...this.warnings] : undefined,
    };
  }

  snapshot(run: RunIdentity, seq: number): RunSnapshot {
    return {
      type: 'snapshot',
      seq,
      runId: run.id,
      chatId: run.chatId,
      messageId: run.messageId,
      state: this.attempt > 0 ? 'running' : 'queued',
      position: this.position,
      provider: this.provider,
      model: this.model,
      attempt: this.attemptReason && { number: this.attempt, reason: this.attemptReason },
      text: this.text,
      reasoning: this.reasoning,
      toolCalls: [...this.toolCalls],
      attachments: [...this.attachments],
      warnings: [...this.warnings],
      usage: this.usage,
    };
  }

  #startAttempt(event: Extract<RunEventBody, { type: 'attempt' }>): void {
    this.attempt = event.number;
    this.attemptReason = event.reason;
    this.provider = event.provider;
    this.model = event.model;
    this.position = undefined;
    this.warnings.length = 0;
    // What an attempt counted before it failed is in its own record.
    this.usage = undefined;
  }
}

/** An event after which a person has seen something of the answer. */
export function isContent(event: RunEventBody | RunEvent): boolean {
  if (event.type === 'text-delta' || event.type === 'reasoning-delta') return event.text !== '';
  return event.type === 'text-replace' || event.type === 'tool-call' || event.type === 'file';
}

function warningOf({ code, parameter, count, files, message }: WarningEvent): Omit<WarningEvent, 'type'> {
  return { code, parameter, count, ...(files && { files }), message };
}
