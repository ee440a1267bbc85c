import { isRecord, type Json, parseRecord, toList, toText } from '../host/json.ts';
import type { ToolUse, Turn } from '../host/question.ts';
import { badShape } from './errors.ts';

/** What one message of v2 holds, part after part. */
export interface V2Content {
  readonly text: string;
  readonly fileIds: readonly string[];
  readonly calls: readonly ToolUse[];
  readonly results: Turn['toolResults'];
}

const kinds = ['text', 'files', 'function_call', 'function_result', 'inline_data', 'tool_execution', 'logprobs'];

/** Any member of a wrong type is refused, always in the same words. */
export function readContent(content: unknown): V2Content {
  if (!Array.isArray(content) || content.length === 0) throw badShape();
  const parts = toList(content).map(readPart);
  return {
    text: parts.map(({ text }) => toText(text)).join(''),
    fileIds: parts.flatMap(({ files }) => (files === undefined ? [] : readFileIds(files))),
    calls: parts.flatMap(({ function_call: call }) => (call === undefined ? [] : [readCall(call)])),
    results: parts.flatMap(({ function_result: result }) => (result === undefined ? [] : [readResult(result)])),
  };
}

function readPart(part: unknown): Json {
  if (!isRecord(part)) throw badShape();
  const { text } = part;
  const isKnown = Object.keys(part).some((key) => kinds.includes(key));
  if (!isKnown || (text !== undefined && typeof text !== 'string')) throw badShape();
  return part;
}

function readFileIds(files: unknown): readonly string[] {
  if (!Array.isArray(files)) throw badShape();
  return toList(files).map((file) => {
    if (!isRecord(file) || typeof file['id'] !== 'string') throw badShape();
    return file['id'];
  });
}

/** An object; the description says text, the service refuses it. */
function readCall(call: unknown): ToolUse {
  if (!isRecord(call) || typeof call['name'] !== 'string' || !isRecord(call['arguments'])) throw badShape();
  return { name: call['name'], arguments: call['arguments'] };
}

/** An object or the text of one. */
function readResult(value: unknown): Turn['toolResults'][number] {
  if (!isRecord(value) || typeof value['name'] !== 'string') throw badShape();
  const { name, result } = value;
  const isFine = isRecord(result) || (typeof result === 'string' && parseRecord(result) !== undefined);
  if (!isFine) throw badShape();
  return { name, content: typeof result === 'string' ? result : JSON.stringify(result) };
}
