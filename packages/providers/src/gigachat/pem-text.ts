import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { pemTexts, SettingFault } from './setting-texts.ts';

/** No certificate file is longer; and a pipe or a device must not hold up the start. */
const longestFileBytes = 4 * 1024 * 1024;

/** PEM given as its text or as the path of a file. Throws `SettingFault`. */
export function readPemText(value: string): string {
  if (value.includes('-----BEGIN')) return `${value.trim()}\n`;
  const text = readSmallFile(value);
  if (text.includes('-----BEGIN')) return text;
  throw new SettingFault(pemTexts.notPem);
}

function readSmallFile(path: string): string {
  try {
    const { size } = statSync(path);
    if (size <= longestFileBytes) return readFileSync(path, 'utf8');
  } catch {
    throw new SettingFault(pemTexts.noFile);
  }
  throw new SettingFault(pemTexts.longFile);
}

/** As `readPemText`, for a field that is no secret: a private key may lie in a file, but not in the field. */
export function readOpenPem(value: string): string {
  if (value.includes('PRIVATE KEY-----')) throw new SettingFault(pemTexts.privateKey);
  return readPemText(value);
}

/** Certificates of a bundle, each as a PEM text. Throws `SettingFault` when there is none or one is broken. */
export function readCertificates(value: string): readonly string[] {
  const blocks = readOpenPem(value).match(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED )?CERTIFICATE-----/gu) ?? [];
  if (blocks.length === 0) throw new SettingFault(pemTexts.noCertificate);
  return blocks.map((block) => {
    try {
      return new X509Certificate(block).toString();
    } catch {
      throw new SettingFault(pemTexts.damaged);
    }
  });
}

export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
  readonly passphrase?: string | undefined;
}

/** Whether it can be shown to a server. */
export function isUsable({ cert, key, passphrase }: ClientCertificate): boolean {
  try {
    createSecureContext({ cert, key, ...(passphrase === undefined ? {} : { passphrase }) });
    return true;
  } catch {
    return false;
  }
}
