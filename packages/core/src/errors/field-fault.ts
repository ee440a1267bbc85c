import { inEvery, inLanguage, isLocalized, type Localized, type Told } from '../shared/localized.ts';
import { AppError } from './app-error.ts';

/** One wrong field, as it stands in `details.fields` of `validation_failed`. Never holds the value: it may be a secret. */
export interface FieldFault extends Told {
  /** Names joined with dots; empty for the whole. */
  readonly path: string;
  /** Values or names that would be right. */
  readonly allowed?: readonly string[] | undefined;
}

export const fieldFault = (path: string, text: Localized): FieldFault => ({ path, message: text.en, text });

/** What `details.fields` of an error holds; a plugin may put anything there. */
export function fieldFaultsOf(error: AppError): readonly FieldFault[] {
  const fields = error.details['fields'];
  return Array.isArray(fields) ? fields.filter(isFieldFault) : [];
}

function isFieldFault(value: unknown): value is FieldFault {
  if (typeof value !== 'object' || value === null || !('path' in value) || !('message' in value)) return false;
  const isTold = !('text' in value) || value.text === undefined || isLocalized(value.text);
  return typeof value.path === 'string' && typeof value.message === 'string' && isTold;
}

const shownFaults = 3;

/** `validation_failed` that names the first faults in its sentence, and all of them in `details.fields`. */
export function validationFault(fields: readonly FieldFault[]): AppError {
  const shown = fields.slice(0, shownFaults);
  const lead = { ru: 'Не принято', en: 'Not accepted' };
  const dash = { ru: ' — ', en: ' ' };
  const text = inEvery(
    (language) => `${lead[language]}: ${shown.map((fault) => fault.path + dash[language] + inLanguage(fault, language)).join('; ')}`,
  );
  return new AppError('validation_failed', text, { details: { fields } });
}
