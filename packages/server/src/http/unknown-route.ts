import { AppError } from '@multimodel/core';
import { faultTexts } from '../fault-texts.ts';

interface KnownRoute {
  readonly pattern: RegExp;
  readonly methods: Set<string>;
}

/** Remembers what is served, to tell a wrong method (405) from a wrong address (404). */
export class RouteTable {
  readonly #routes = new Map<string, KnownRoute>();

  add(url: string, methods: string | readonly string[]): void {
    const route = this.#routes.get(url) ?? { pattern: toPattern(url), methods: new Set<string>() };
    for (const method of [methods].flat()) route.methods.add(method);
    this.#routes.set(url, route);
  }

  /** Methods under which the path is served; empty when there is no such address. */
  allowedMethods(path: string): readonly string[] {
    const methods = new Set<string>();
    for (const route of this.#routes.values()) if (route.pattern.test(path)) for (const method of route.methods) methods.add(method);
    return [...methods].sort();
  }
}

export function unknownRouteError(method: string, allowed: readonly string[]): AppError {
  // Served, but not under so long an id: nothing is there.
  if (allowed.length === 0 || allowed.includes(method)) return new AppError('not_found', faultTexts.nothingHere);
  return new AppError('method_not_allowed', faultTexts.wrongMethod(method, allowed.join(', ')), { details: { allowed } });
}

/** Of an address that would lead somewhere without the slash at its end. */
export function slashAtEndError(path: string): AppError {
  const rest = path.replace(/\/+$/, '');
  return new AppError('not_found', faultTexts.slashAtEnd(rest));
}

function toPattern(url: string): RegExp {
  const source = url.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)));
  return new RegExp(`^${source.join('/')}$`);
}
