import { z } from 'zod';

/** One setting, under the names that it has in each source. */
export interface Setting {
  readonly variable: string;
  /** Secrets have none: everybody on the machine can read the command lines of others. */
  readonly flag?: string | undefined;
  /** What may stand there, in words; printed when something else does. */
  readonly allowed: string;
  /** Its value is never printed. */
  readonly isSecret?: boolean;
}

const wholeNumber = (min: number, max: number) =>
  z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]).pipe(z.int().min(min).max(max));

const yesOrNo = z.union([
  z.boolean(),
  z.enum(['1', 'true', 'yes', 'on']).transform(() => true),
  z.enum(['0', 'false', 'no', 'off']).transform(() => false),
]);

const text = z.string().min(1);

/** `a, b` of a variable or option. */
const listed = (value: string): string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** `file://x.db` would name another machine. A password with special characters must be percent-encoded. */
function isDatabaseUrl(url: string): boolean {
  if (url.startsWith('file://')) return /^file:\/\/\/./.test(url) && !/%(?![\da-f]{2})/i.test(url);
  if (url.startsWith('file:')) return url.length > 'file:'.length;
  // Without a host the driver takes the one of `?host=`.
  return /^postgres(ql)?:\/\/.+$/.test(url) && URL.canParse(url.replace('@/', '@host/').replace(':///', '://host/'));
}

/** Every setting of an instance, under its name in `mmc.config.json`. What the sources gave; nothing is filled in yet. */
export const givenSettingsSchema = z.object({
  port: wholeNumber(0, 65_535).optional(),
  host: text.regex(/^[\w.:[\]-]+$/).optional(),
  publicUrl: z.url({ protocol: /^https?$/ }).optional(),
  dataDir: text.optional(),
  databaseUrl: text.refine(isDatabaseUrl).optional(),
  redisUrl: text.regex(/^rediss?:\/\/.+$/).optional(),
  secretKey: z.string().min(32).optional(),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).optional(),
  auth: z.enum(['none', 'accounts']).optional(),
  allowPrivateUrls: yesOrNo.optional(),
  metricsToken: z.string().min(16).optional(),
  sqliteSynchronous: z.enum(['NORMAL', 'FULL']).optional(),
  publicDir: text.optional(),
  maxAttachmentMb: wholeNumber(1, 2_000).optional(),
  shutdownGraceMs: wholeNumber(0, 600_000).optional(),
  plugins: z.union([z.array(text), text.transform(listed)]).optional(),
});

export type GivenSettings = z.output<typeof givenSettingsSchema>;
export type SettingKey = keyof GivenSettings;

export const settings: Readonly<Record<SettingKey, Setting>> = {
  port: { variable: 'PORT', flag: 'port', allowed: 'a whole number from 0 to 65535' },
  host: { variable: 'HOST', flag: 'host', allowed: 'a host name or an IP address' },
  publicUrl: {
    variable: 'MMC_PUBLIC_URL',
    flag: 'public-url',
    allowed: 'the http:// or https:// address under which people open this server',
  },
  dataDir: { variable: 'MMC_DATA_DIR', flag: 'data-dir', allowed: 'a path of a folder' },
  databaseUrl: {
    variable: 'DATABASE_URL',
    flag: 'database-url',
    allowed: 'file:path/to/file.db, or postgres://user:password@host:5432/database',
    isSecret: true,
  },
  redisUrl: { variable: 'REDIS_URL', flag: 'redis-url', allowed: 'redis://host:6379 or rediss://host:6379', isSecret: true },
  secretKey: { variable: 'MMC_SECRET_KEY', allowed: '32 characters or more', isSecret: true },
  logLevel: { variable: 'LOG_LEVEL', flag: 'log-level', allowed: 'debug, info, warn, error, silent' },
  auth: { variable: 'MMC_AUTH', flag: 'auth', allowed: 'none' },
  allowPrivateUrls: { variable: 'MMC_ALLOW_PRIVATE_URLS', flag: 'allow-private-urls', allowed: 'true, false' },
  metricsToken: { variable: 'MMC_METRICS_TOKEN', allowed: '16 characters or more', isSecret: true },
  sqliteSynchronous: { variable: 'MMC_SQLITE_SYNCHRONOUS', flag: 'sqlite-synchronous', allowed: 'NORMAL, FULL' },
  publicDir: { variable: 'MMC_PUBLIC_DIR', flag: 'public-dir', allowed: 'a path of the folder with the built page' },
  maxAttachmentMb: { variable: 'MMC_MAX_ATTACHMENT_MB', flag: 'max-attachment-mb', allowed: 'megabytes, from 1 to 2000' },
  shutdownGraceMs: { variable: 'MMC_SHUTDOWN_GRACE_MS', flag: 'shutdown-grace-ms', allowed: 'milliseconds, from 0 to 600000' },
  plugins: {
    variable: 'MMC_PLUGINS',
    flag: 'plugins',
    allowed: 'paths or names of packages, separated by commas (in the file: a list of them)',
  },
};

export const settingKeys = givenSettingsSchema.keyof().options;
