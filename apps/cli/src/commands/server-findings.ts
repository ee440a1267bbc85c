import type { ProviderDto } from '@multimodel/contract';
import { allPages } from '../all-pages.ts';
import { type Context, clientFor } from '../context.ts';
import { explainError } from '../explain-error.ts';
import type { Finding } from './local-findings.ts';
import { stateText } from './state-text.ts';

const patienceMs = 5_000;

/** How a running server says that it and its providers are. None running is worth a word, but no fault. */
export async function serverFindings(context: Context, url: string): Promise<readonly Finding[]> {
  const { texts } = context;
  const about = { check: 'server', title: texts.say('doctorServer') } as const;
  const readiness = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(patienceMs) }).catch(() => undefined);
  if (!readiness) return [{ ...about, state: 'warning', message: texts.say('doctorServerAbsent', { url }) }];
  if (!readiness.ok) {
    const message = (await readiness.text()).slice(0, 500);
    return [{ ...about, state: 'failed', message: texts.say('doctorServerNotReady', { url, message: detailOf(message) }) }];
  }
  await readiness.body?.cancel();
  try {
    const client = clientFor(context, url);
    const providers = await allPages((page) => client.providers.list({ ...page, signal: AbortSignal.timeout(patienceMs) }));
    return [
      { ...about, state: 'ok', message: texts.say('doctorServerReady', { url }) },
      ...providers.filter(({ isEnabled }) => isEnabled).map((each) => providerFinding(each, context)),
    ];
  } catch (error) {
    return [{ ...about, state: 'failed', message: explainError(error, { texts, url }).message }];
  }
}

function detailOf(body: string): string {
  return /"detail":"([^"]+)"/.exec(body)?.[1] ?? body.split('\n', 1)[0] ?? '';
}

function providerFinding({ slug, state, problem }: ProviderDto, { texts }: Context): Finding {
  const about = { check: 'provider', title: texts.say('doctorProvider', { name: slug }) } as const;
  if (state === 'ready') return { ...about, state: 'ok', message: texts.say('doctorProviderReady') };
  return { ...about, state: 'failed', message: problem?.message ?? stateText(state, texts) };
}
