import type { Texts } from '../texts/texts.ts';
import type { ConfigurationProblem, Inspection } from './inspection.ts';

/** One thing that was looked at. */
export interface Finding {
  readonly check: 'node' | 'configuration' | 'dataDir' | 'database' | 'page' | 'server' | 'provider';
  readonly title: string;
  /** `warning`: works, but somebody may want to know. */
  readonly state: 'ok' | 'warning' | 'failed';
  readonly message: string;
}

/** What the server's own inspection says, in words. */
export function localFindings(inspection: Inspection, texts: Texts): readonly Finding[] {
  return [
    ...configurationFindings(inspection.configuration, texts),
    ...dataDirFindings(inspection.dataDir, texts),
    ...(inspection.database ? [databaseFinding(inspection.database, texts)] : []),
    ...pageFindings(inspection.page, texts),
  ];
}

function configurationFindings(configuration: Inspection['configuration'], texts: Texts): readonly Finding[] {
  const about = { check: 'configuration', title: texts.say('doctorConfiguration') } as const;
  if (!configuration.ok)
    return configuration.problems.map((problem) => ({ ...about, state: 'failed', message: problemText(problem, texts) }));
  const names = configuration.providers.join(', ') || '–';
  return [
    { ...about, state: 'ok', message: texts.say('doctorConfigurationGood', { names }) },
    ...configuration.warnings.map((message) => ({ ...about, state: 'warning', message }) as const),
  ];
}

function problemText({ key, source, message, allowed, nearest }: ConfigurationProblem, texts: Texts): string {
  const parts = [`${key} (${source}): ${message}`, nearest && texts.say('usageNearest', { names: nearest }), allowed && `[${allowed}]`];
  return parts.filter(Boolean).join(' ');
}

function dataDirFindings(dataDir: Inspection['dataDir'], texts: Texts): readonly Finding[] {
  if (!dataDir) return [];
  const { path, state, secretKeyProblem } = dataDir;
  const about = { check: 'dataDir', title: texts.say('doctorDataDir') } as const;
  if (state === 'not_a_folder') return [{ ...about, state: 'failed', message: texts.say('doctorDataDirNotFolder', { path }) }];
  if (state === 'not_writable') return [{ ...about, state: 'failed', message: texts.say('doctorDataDirNotWritable', { path }) }];
  const found: Finding = {
    ...about,
    state: 'ok',
    message: texts.say(state === 'ready' ? 'doctorDataDirReady' : 'doctorDataDirAbsent', { path }),
  };
  return secretKeyProblem === undefined ? [found] : [found, { ...about, state: 'failed', message: secretKeyProblem }];
}

const dialects = { sqlite: 'SQLite', postgresql: 'PostgreSQL' } as const;

function databaseFinding({ dialect: id, state, pending = [], message = '' }: NonNullable<Inspection['database']>, texts: Texts): Finding {
  const about = { check: 'database', title: texts.say('doctorDatabase'), state: 'ok' } as const;
  const dialect = dialects[id];
  switch (state) {
    case 'absent':
      return { ...about, message: texts.say('doctorDatabaseAbsent', { dialect }) };
    case 'in_use':
      return { ...about, message: texts.say('doctorDatabaseInUse', { dialect }) };
    case 'failed':
      return { ...about, state: 'failed', message: `${dialect}: ${message}` };
    case 'ready':
      if (pending.length === 0) return { ...about, message: texts.say('doctorDatabaseCurrent', { dialect }) };
      return { ...about, state: 'warning', message: texts.say('doctorDatabasePending', { dialect, names: pending.join(', ') }) };
    default:
      return state satisfies never;
  }
}

function pageFindings(page: Inspection['page'], texts: Texts): readonly Finding[] {
  if (!page) return [];
  const about = { check: 'page', title: texts.say('doctorPage') } as const;
  if (page.isBuilt) return [{ ...about, state: 'ok', message: texts.say('doctorPageBuilt') }];
  return [{ ...about, state: 'warning', message: texts.say('pageNotBuilt') }];
}
