import { type Client, createClient } from '@multimodel/client';
import { CliError } from './cli-error.ts';
import { type Styles, stylesFor, wantsColour } from './terminal/styles.ts';
import { createTexts, languageOf, type Texts } from './texts/texts.ts';

/** What every command works with: one terminal, one language. */
export interface Context {
  readonly env: NodeJS.ProcessEnv;
  readonly texts: Texts;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Of standard output. */
  readonly styles: Styles;
  /** Of standard error. */
  readonly notices: Styles;
}

export function createContext(env: NodeJS.ProcessEnv): Context {
  const { stdin, stdout, stderr } = process;
  return {
    env,
    texts: createTexts(languageOf(env)),
    stdin,
    stdout,
    stderr,
    styles: stylesFor(wantsColour(env, stdout.isTTY)),
    notices: stylesFor(wantsColour(env, stderr.isTTY)),
  };
}

export const defaultServer = 'http://localhost:3000';

/** The address without a slash at its end. */
export function serverUrl({ env, texts }: Context, given: string | undefined): string {
  const value = given ?? (env['MMC_SERVER'] || defaultServer);
  const url = URL.parse(value);
  if (!url || !/^https?:$/.test(url.protocol)) throw new CliError('usage', texts.say('badServer', { value }));
  return value.replace(/\/+$/, '');
}

export function clientFor({ texts }: Context, baseUrl: string): Client {
  return createClient({ baseUrl, language: texts.language });
}
