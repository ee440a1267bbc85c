import { type Context, clientFor } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { toSafeLine } from '../terminal/safe-text.ts';

/** Has the server fetch the root certificate that a plugin's vendor needs. */
export async function trust(context: Context, plugin: string, { url, json }: { url: string; json?: boolean | undefined }): Promise<number> {
  const { stdout, texts } = context;
  const root = await clientFor(context, url).providers.trust(plugin);
  if (json) {
    stdout.write(`${JSON.stringify(root)}\n`);
    return exitCodes.ok;
  }
  const until = new Intl.DateTimeFormat(texts.language, { dateStyle: 'long', timeZone: 'UTC' }).format(root.validTo);
  const told = { subject: toSafeLine(root.subject), fingerprint: toSafeLine(root.fingerprint), until, plugin: toSafeLine(plugin) };
  stdout.write(`${texts.say('rootTrusted', told)}\n`);
  return exitCodes.ok;
}
