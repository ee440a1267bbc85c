const allowedProtocols = new Set(['http:', 'https:', 'mailto:']);
const oneScriptHost = /^https?:\/\/([\p{Script=Cyrillic}\d.-]+)(?:[:/?#]|$)/iu;

export interface SafeUrl {
  readonly href: string;
  /** Where it leads, in a form that cannot pass for another place. */
  readonly host: string;
}

/** An address that may stand in an answer. Relative ones would lead into this application, so they may not. */
export function safeUrl(url: string): SafeUrl | undefined {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  if (!allowedProtocols.has(parsed.protocol) || parsed.username !== '' || parsed.password !== '') return undefined;
  if (parsed.protocol === 'mailto:') return { href: parsed.href, host: parsed.pathname };
  if (parsed.host === '') return undefined;
  // A name wholly in Cyrillic, its last part too, can be read as it is; a mixed one stays in its encoded form.
  return { href: parsed.href, host: oneScriptHost.exec(url)?.[1]?.toLowerCase() ?? parsed.host };
}
