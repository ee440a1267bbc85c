import { randomUUID } from 'node:crypto';
import type { JsonObject, ToolCallEvent } from '@multimodel/core';
import { createProviderError, parseJson } from '@multimodel/provider-sdk';
import { z } from 'zod';
import type { CallMemory, CallNotes } from './call-memory.ts';
import { faultTexts } from './fault-texts.ts';
import type { FunctionNames } from './function-names.ts';

export interface WireCall {
  readonly name: string;
  /** An object on the wire; its text in the newest description. */
  readonly arguments?: JsonObject | string | null | undefined;
}

export interface CallContext {
  readonly providerId: string;
  readonly names: FunctionNames;
  readonly memory: CallMemory;
}

const jsonObject = z.record(z.string(), z.json());

export function toCallEvent(call: WireCall, notes: CallNotes, { names, memory, providerId }: CallContext): ToolCallEvent {
  const given =
    typeof call.arguments === 'string' ? parseJson(call.arguments.trim() === '' ? '{}' : call.arguments) : (call.arguments ?? {});
  const parsed = jsonObject.safeParse(given);
  if (!parsed.success) throw badCallError(providerId);
  const callId = `call_${randomUUID()}`;
  memory.remember(callId, notes);
  return { type: 'tool-call', callId, name: names.fromWire(call.name), arguments: parsed.data };
}

export function badCallError(providerId: string): Error {
  return createProviderError('protocol', faultTexts.badCall, { providerId, details: { fault: 'badCall' } });
}
