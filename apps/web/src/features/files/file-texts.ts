import type { ModelDto } from '@multimodel/contract';
import type { FileRefusal } from '@multimodel/contract/file-fit';
import { m } from '../../paraglide/messages.js';
import type { FileFault } from '../../state/file-tray.ts';
import { describeError } from '../chat/error-text.ts';
import type { Language } from '../chat/facts.ts';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** 840 B, 1.5 MB: as exact as it is useful. */
export function sizeText(bytes: number, language: Language): string {
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  const value = bytes / 1024 ** power;
  const unit = units[power] ?? 'byte';
  const digits = value < 10 && power > 0 ? 1 : 0;
  // The short form of a byte has no plural in English.
  const unitDisplay = power === 0 ? 'long' : 'short';
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay, maximumFractionDigits: digits }).format(value);
}

export function percentText(share: number, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'percent' }).format(share);
}

export function faultText(fault: FileFault, language: Language): string {
  switch (fault.kind) {
    case 'empty':
      return m.file_empty();
    case 'large':
      return m.file_large({ limit: sizeText(fault.limit, language) });
    case 'many':
      return m.file_too_many({ count: fault.limit });
    case 'gone':
      return m.file_gone();
    case 'error':
      return errorText(fault.error);
    default:
      return fault satisfies never;
  }
}

/** What is said of messages and pages is not true of files. */
function errorText(error: unknown): string {
  const { title, facts } = describeError(error);
  const texts: Readonly<Record<string, () => string>> = {
    unsupported_media_type: m.file_unknown_type,
    payload_too_large: m.file_too_large_here,
    validation_failed: m.file_not_as_said,
  };
  return (texts[facts.code] ?? (() => title))();
}

export function refusalText(
  { reason, limit = 0 }: FileRefusal,
  { names, model }: { names: string; model: string },
  language: Language,
): string {
  switch (reason) {
    case 'type':
      return m.file_refused_type({ model, names });
    case 'size':
      return m.file_refused_size({ model, names, limit: sizeText(limit, language) });
    case 'count':
      return m.file_refused_count({ model, names, count: limit });
    case 'total':
      return m.file_refused_total({ model, limit: sizeText(limit, language) });
    default:
      return reason satisfies never;
  }
}

const kinds = { image: m.file_kind_image, document: m.file_kind_document, audio: m.file_kind_audio };

/** What a model takes, with its limits; `largest`: what the server takes at most. */
export function acceptedText({ name, files }: ModelDto, language: Language, largest = Number.POSITIVE_INFINITY): string {
  if (!files) return m.files_only_texts({ model: name });
  const most = files.accepts.map(({ kind, maxBytes, maxPerMessage }) => {
    const limits = m.file_limit({ kind: kinds[kind](), limit: sizeText(Math.min(maxBytes, largest), language) });
    return maxPerMessage === undefined ? limits : m.file_limit_count({ limits, count: maxPerMessage });
  });
  return m.files_accepted({ model: name, list: [...new Set(most)].join(', ') });
}
