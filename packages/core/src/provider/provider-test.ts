import type { ErrorCode } from '../errors/error-code.ts';
import type { FieldFault } from '../errors/field-fault.ts';
import type { Localized } from '../shared/localized.ts';

/** In this order; the rest is skipped after a failed one. */
export const checkNames = ['settings', 'reach', 'auth', 'access', 'models'] as const;
export type CheckName = (typeof checkNames)[number];

/** One step of a test. */
export interface ProviderCheck {
  readonly name: CheckName;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly code?: ErrorCode | undefined;
  readonly message: Localized;
  readonly fields?: readonly FieldFault[] | undefined;
}

/** What a try of some settings found. */
export interface ProviderTest {
  readonly ok: boolean;
  readonly checks: readonly ProviderCheck[];
  /** Settings that the vendor told and that are left out or wrong, by field. */
  readonly discovered: Readonly<Record<string, string>>;
  readonly models: readonly { readonly id: string; readonly name: string }[];
}

export interface CheckFailure {
  readonly at: CheckName;
  readonly code: ErrorCode;
  readonly message: Localized;
  readonly fields?: readonly FieldFault[] | undefined;
}

export interface CheckTexts {
  readonly passed: Readonly<Record<CheckName, Localized>>;
  readonly skipped: Localized;
}

/** The whole row of checks of a test that went well up to `failure`, but for what was not tried. */
export function checksUntil(
  failure: CheckFailure | undefined,
  { passed, skipped }: CheckTexts,
  untried: readonly CheckName[] = [],
): readonly ProviderCheck[] {
  const end = failure ? checkNames.indexOf(failure.at) : checkNames.length;
  return checkNames.map((name, index) => {
    if (index < end && !untried.includes(name)) return { name, state: 'passed', message: passed[name] };
    if (index !== end || !failure) return { name, state: 'skipped', message: skipped };
    return { name, state: 'failed', code: failure.code, message: failure.message, fields: failure.fields };
  });
}
