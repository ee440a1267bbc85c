import { registerHooks } from 'node:module';

const scheme = 'mmc-plugin:';
/** A second copy of these would break `instanceof`: whatever a plugin has beside it, it gets ours. */
const alwaysOurs = /^@multimodel\/(provider-sdk|core)(\/|$)/;
const oursWhenMissing = /^zod(\/|$)/;

let isRegistered = false;

/** Lets modules outside of this product import `@multimodel/provider-sdk`, and `zod` where they have none. For the whole process. */
function registerResolution(): void {
  if (isRegistered) return;
  isRegistered = true;
  registerHooks({
    resolve(specifier, context, nextResolve) {
      if (specifier.startsWith(scheme)) {
        const { target, parentURL } = readAddress(specifier);
        return nextResolve(target, { ...context, parentURL });
      }
      const asOurs = () => nextResolve(specifier, { ...context, parentURL: import.meta.url });
      if (alwaysOurs.test(specifier)) return asOurs();
      if (!oursWhenMissing.test(specifier)) return nextResolve(specifier, context);
      try {
        return nextResolve(specifier, context);
      } catch {
        return asOurs();
      }
    },
  });
}

/** Imports a path or package as a module at `parentUrl` would. */
export async function importFrom(target: string, parentUrl: URL): Promise<Readonly<Record<string, unknown>>> {
  registerResolution();
  const exports: unknown = await import(`${scheme}${encodeURIComponent(target)}?${encodeURIComponent(parentUrl.href)}`);
  return typeof exports === 'object' ? { ...exports } : {};
}

function readAddress(specifier: string): { readonly target: string; readonly parentURL: string } {
  const [target = '', parentURL = ''] = specifier.slice(scheme.length).split('?').map(decodeURIComponent);
  return { target, parentURL };
}
