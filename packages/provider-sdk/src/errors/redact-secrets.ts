const hidden = '[redacted]';

/** A shorter value is no credential, and hiding it would hide half of every text. */
const shortestSecret = 4;

/** Credentials that are known by their shape, whoever issued them. */
const knownShapes: readonly RegExp[] = [
  /\b(?:Bearer|Basic|Api-Key)\s+[\w.~+/=-]{6,}/gi,
  /\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]+)?/g,
  /\bt1\.[\w-]{16,}\.[\w-]{16,}/g,
  /\b(?:sk|pk|rk)-[\w-]{16,}/g,
  /\bAQVN[\w-]{20,}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
];

/**
 * `text` without the given secrets (as they are, JSON-escaped or percent-encoded) and without what looks like a credential.
 * Secrets shorter than 4 characters are left alone.
 *
 * @example
 * redactSecrets('key AQVN1234 refused', ['AQVN1234']); // 'key [redacted] refused'
 */
export function redactSecrets(text: string, secrets: readonly string[] = []): string {
  let result = text;
  for (const form of formsOf(secrets)) if (result.includes(form)) result = result.replaceAll(form, hidden);
  for (const shape of knownShapes) result = result.replace(shape, hidden);
  return result;
}

/** Longest first, so that a secret inside another one leaves no tail. */
function formsOf(secrets: readonly string[]): readonly string[] {
  const forms = new Set<string>();
  for (const secret of secrets) {
    if (secret.length < shortestSecret) continue;
    forms.add(secret).add(JSON.stringify(secret).slice(1, -1)).add(percentEncoded(secret));
  }
  return [...forms].sort((a, b) => b.length - a.length);
}

function percentEncoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** Vendor text fit for a message or for details: redacted first, then white space folded, then bounded. */
export function vendorText(text: string, secrets: readonly string[], limit: number): string {
  const folded = redactSecrets(text, secrets).replace(/\s+/g, ' ').trim();
  return folded.length <= limit ? folded : `${folded.slice(0, limit - 1).toWellFormed()}…`;
}
