import type { ChatRequest, WarningEvent } from '@multimodel/core';

type Parameter = keyof ChatRequest;

export function droppedParameter(parameter: Parameter, message: string): WarningEvent {
  return { type: 'warning', code: 'parameter_dropped', parameter, message };
}

export function changedParameter(parameter: Parameter, message: string): WarningEvent {
  return { type: 'warning', code: 'parameter_changed', parameter, message };
}

export function droppedContent(message: string): WarningEvent {
  return { type: 'warning', code: 'content_dropped', parameter: 'messages', message };
}
