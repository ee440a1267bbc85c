import { type Context, defaultServer } from '../context.ts';
import { type ExitName, exitCodes } from '../exit-codes.ts';
import { parseAnswer } from '../processes/json-answer.ts';
import { askEntry } from '../processes/run-entry.ts';
import { inColumns } from '../terminal/columns.ts';
import { toSafeLine } from '../terminal/safe-text.ts';
import type { Styles } from '../terminal/styles.ts';
import { type Inspection, isInspection } from './inspection.ts';
import { type Finding, localFindings } from './local-findings.ts';
import { serverFindings } from './server-findings.ts';

export interface DoctorOptions {
  /** Absent: where the configuration puts the server. */
  readonly url?: string | undefined;
  readonly json?: boolean | undefined;
}

export async function doctor(context: Context, args: readonly string[], { url, json }: DoctorOptions): Promise<number> {
  const { stdout, styles, texts } = context;
  const { inspection, findings } = await inspect(context, args);
  const node: Finding = { check: 'node', title: texts.say('doctorNode'), state: 'ok', message: process.versions.node };
  const all = [node, ...findings, ...(await serverFindings(context, url ?? addressIn(inspection)))];
  const failed = all.filter(({ state }) => state === 'failed');
  const exit: ExitName = failed.length === 0 ? 'ok' : failed.some(({ check }) => check === 'configuration') ? 'configuration' : 'failed';
  if (json) {
    stdout.write(`${JSON.stringify({ ok: exit === 'ok', checks: all })}\n`);
    return exitCodes[exit];
  }
  const verdict = failed.length === 0 ? texts.say('doctorAllGood') : texts.say('doctorToMend', { count: failed.length });
  stdout.write(`${inColumns(all.map((finding) => row(finding, styles)))}\n${verdict}\n`);
  return exitCodes[exit];
}

/** The server reads its own configuration, as a start would. */
async function inspect(
  { env, texts }: Context,
  args: readonly string[],
): Promise<{ inspection?: Inspection; findings: readonly Finding[] }> {
  const { stdout, stderr } = await askEntry({ entry: 'server', args: [...args, '--inspect'], env });
  const inspection = parseAnswer(stdout);
  if (isInspection(inspection)) return { inspection, findings: localFindings(inspection, texts) };
  const message = texts.say('doctorInspectionFailed', { message: stderr.trim() });
  return { findings: [{ check: 'configuration', title: texts.say('doctorConfiguration'), state: 'failed', message }] };
}

function addressIn(inspection: Inspection | undefined): string {
  if (!inspection?.configuration.ok) return defaultServer;
  const { host, port } = inspection.configuration;
  return `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`;
}

function row({ title, state, message }: Finding, styles: Styles): readonly string[] {
  const marks = { ok: styles.good('✓'), warning: styles.warning('!'), failed: styles.error('✗') };
  return [marks[state], toSafeLine(title), toSafeLine(message)];
}
