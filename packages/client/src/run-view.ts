import type {
  AttachmentDto,
  CostDto,
  MessageDto,
  RunErrorDto,
  RunEventDto,
  RunSnapshotDto,
  TimingsDto,
  UsageDto,
  WarningDto,
} from '@multimodel/contract';

export type RunAttempt = Pick<Extract<RunEventDto, { type: 'attempt' }>, 'number' | 'provider' | 'model' | 'reason'>;

/** Everything that is known of a run after the events so far. */
export interface RunView {
  /** `seq` of the last event that counted; 0 = none yet. */
  readonly lastSeq: number;
  readonly state: 'queued' | 'running' | 'completed' | 'stopped' | 'failed' | 'interrupted';
  /** Place in the queue; 1 = next. */
  readonly position?: number | undefined;
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: NonNullable<MessageDto['toolCalls']>;
  /** What the model made. */
  readonly attachments: readonly AttachmentDto[];
  readonly warnings: readonly WarningDto[];
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
  readonly modelVersion?: string | undefined;
  readonly attempt?: RunAttempt | undefined;
  readonly reason?: MessageDto['reason'];
  readonly usage?: UsageDto | undefined;
  readonly cost?: CostDto | undefined;
  readonly timings?: TimingsDto | undefined;
  readonly error?: RunErrorDto | undefined;
}

/** The view before the first event. */
export const emptyRunView: RunView = { lastSeq: 0, state: 'queued', text: '', reasoning: '', toolCalls: [], attachments: [], warnings: [] };

/** True in the four states that a run ends in. */
export function isTerminal(state: RunView['state']): boolean {
  return state !== 'queued' && state !== 'running';
}

/**
 * Folds one event into the view. Events that were seen already change nothing, so a stream may be cut and resumed anywhere.
 *
 * @example
 * let view = emptyRunView;
 * for await (const event of client.runs.watch(run.id)) view = reduceRunView(view, event);
 */
export function reduceRunView(view: RunView, event: RunEventDto): RunView {
  if (event.seq <= view.lastSeq || isTerminal(view.state)) return view;
  return { ...apply(view, event), lastSeq: event.seq };
}

function apply(view: RunView, event: RunEventDto): RunView {
  switch (event.type) {
    case 'start':
      return view;
    case 'queued':
      return { ...view, state: 'queued', position: event.position };
    case 'attempt': {
      const { number, provider, model, reason } = event;
      return {
        ...view,
        state: 'running',
        position: undefined,
        warnings: [],
        usage: undefined,
        provider,
        model,
        attempt: { number, provider, model, reason },
      };
    }
    case 'warning': {
      const { seq: _seq, type: _type, ...warning } = event;
      return { ...view, warnings: [...view.warnings, warning] };
    }
    case 'reasoning-delta':
      return { ...view, reasoning: view.reasoning + event.text };
    case 'text-delta':
      return { ...view, text: view.text + event.text };
    case 'text-replace':
      return { ...view, text: view.text.slice(0, event.from) + event.text };
    case 'tool-call':
      return { ...view, toolCalls: [...view.toolCalls, { callId: event.callId, name: event.name, arguments: event.arguments }] };
    case 'file':
      return { ...view, attachments: [...view.attachments, event.attachment] };
    case 'usage':
      return { ...view, usage: event.usage };
    case 'snapshot':
      return fromSnapshot(view, event);
    case 'finish':
      return finish(view, event);
    default:
      return event satisfies never;
  }
}

function fromSnapshot(view: RunView, snapshot: RunSnapshotDto): RunView {
  const { state, position, provider, model, text, reasoning, toolCalls, attachments = [], warnings, usage } = snapshot;
  const attempt = snapshot.attempt && provider !== undefined && model !== undefined ? { ...snapshot.attempt, provider, model } : undefined;
  return {
    ...view,
    state,
    position,
    provider,
    model,
    text,
    reasoning,
    toolCalls,
    attachments,
    warnings,
    usage,
    attempt,
  };
}

function finish(view: RunView, event: Extract<RunEventDto, { type: 'finish' }>): RunView {
  const { state, reason, cost, timings, modelVersion, error } = event;
  return { ...view, state, position: undefined, reason, usage: event.usage ?? view.usage, cost, timings, modelVersion, error };
}
