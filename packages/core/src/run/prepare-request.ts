import type { AttachmentFacts } from '../attachment/attachment.ts';
import { attachmentTexts } from '../attachment/attachment-texts.ts';
import { type CarriedFile, carryFiles, type SpokenMessage } from '../chat/carried-files.ts';
import { fitMessages } from '../chat/context-builder.ts';
import { continueInstruction } from '../chat/continue-instruction.ts';
import type { Message } from '../chat/message.ts';
import { type Contents, toModelMessages } from '../chat/model-messages.ts';
import type { ModelInfo } from '../model/model-info.ts';
import type { WarningEvent } from '../model/stream-event.ts';
import type { Run } from './run.ts';
import type { PreparedRun } from './run-executor.ts';

interface RequestInput {
  readonly run: Pick<Run, 'settings' | 'chatId'>;
  /** The path to the question, or to the answer that goes on; oldest first. */
  readonly branch: readonly Message[];
  readonly isContinued: boolean;
  /** Absent for a model that no list names. */
  readonly info: ModelInfo | undefined;
  /** `undefined` for one that was lost. */
  load(sha256: string): Promise<Uint8Array | undefined>;
}

type Warning = Omit<WarningEvent, 'type'>;

/** What a model is asked: the conversation as far as it fits, with files that are read only now. Everything that does not go is told. */
export async function prepareRequest(input: RequestInput): Promise<Pick<PreparedRun, 'request' | 'warnings'>> {
  const { run, branch, info } = input;
  const { systemPrompt, ...settings } = run.settings;
  const fitted = fitMessages({
    systemPrompt,
    messages: carryFiles(input.isContinued ? toContinue(branch) : branch, info),
    // The unfinished answer is the model's own last turn; question, answer and instruction belong together.
    kept: input.isContinued ? 3 : 1,
    contextWindow: info?.contextWindow,
    maxOutputTokens: settings.maxOutputTokens,
  });
  const carried = fitted.messages.flatMap(({ files = [] }) => files);
  const contents = await loadContents(carried, input.load);
  const messages = toModelMessages(systemPrompt, fitted.messages, contents);
  // Beyond the branch that is read there may be more: their number is not known then.
  const isCut = branch[0]?.parentId !== undefined;
  const leftOut = fitted.leftOut > 0 || isCut ? [leftOutWarning(isCut ? undefined : fitted.leftOut)] : [];
  return {
    request: { ...settings, messages, conversationId: run.chatId },
    warnings: [...leftOut, ...fileWarnings(fitted.messages, contents)],
  };
}

function toContinue(branch: readonly Message[]): readonly Pick<Message, 'role' | 'text' | 'attachments'>[] {
  const [question, answer] = branch.slice(-2);
  return [...branch, { role: 'user', text: continueInstruction(question?.text ?? '', answer?.text ?? '') }];
}

async function loadContents(files: readonly CarriedFile[], load: RequestInput['load']): Promise<Contents> {
  const contents = new Map<string, Uint8Array>();
  for (const sha256 of new Set(files.map(({ file }) => file.sha256))) {
    const data = await load(sha256);
    if (data) contents.set(sha256, data);
  }
  return contents;
}

function leftOutWarning(count: number | undefined): Warning {
  const which = count === undefined ? 'The oldest messages' : `The ${count} oldest messages`;
  return { code: 'messages_left_out', parameter: 'messages', count, message: `${which} did not fit into the model's context` };
}

function fileWarnings(messages: readonly SpokenMessage[], contents: Contents): readonly Warning[] {
  const carried = messages.flatMap(({ files = [] }) => files);
  const lost = carried.filter(({ file }) => !contents.has(file.sha256)).map(({ file }) => file);
  const dropped = namesOf([...messages.flatMap(({ leftOut = [] }) => leftOut), ...lost]);
  const changed = namesOf(carried.filter(({ file, as }) => as === 'text' && contents.has(file.sha256)).map(({ file }) => file));
  const warnings: Warning[] = [];
  if (dropped.length > 0)
    warnings.push({ code: 'content_dropped', parameter: 'attachments', files: dropped, message: attachmentTexts.leftOut(dropped).en });
  if (changed.length > 0)
    warnings.push({ code: 'content_changed', parameter: 'attachments', files: changed, message: attachmentTexts.asText(changed).en });
  return warnings;
}

function namesOf(files: readonly AttachmentFacts[]): readonly string[] {
  return files.map(({ name }) => name);
}
