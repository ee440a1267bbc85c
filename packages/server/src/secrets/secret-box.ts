import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { AppError } from '@multimodel/core';

/** A key and where it came from, for messages. */
export interface SecretKey {
  /** 32 bytes. */
  readonly bytes: Uint8Array;
  /** `the variable MMC_SECRET_KEY`, or the path of the file. */
  readonly origin: string;
}

const version = 'v1';
const algorithm = 'aes-256-gcm';
const tagBytes = 16;

/** Encrypts what must not lie in the database in the clear: `v1.<keyId>.<iv>.<ciphertext>.<tag>`. */
export class SecretBox {
  readonly #key: SecretKey;
  readonly keyId: string;

  constructor(key: SecretKey) {
    this.#key = key;
    this.keyId = createHmac('sha256', key.bytes).update('multimodel-chat key id').digest('hex').slice(0, 8);
  }

  /** `context` (the provider's slug) is bound in: a sealed text moved elsewhere does not open. */
  seal(plain: string, context: string): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv(algorithm, this.#key.bytes, iv, { authTagLength: tagBytes }).setAAD(Buffer.from(context));
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return [version, this.keyId, ...[iv, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.');
  }

  /** Throws `internal` with a message that says which key does not fit. */
  open(sealed: string, context: string): string {
    const [format, keyId, ...parts] = sealed.split('.');
    const [iv, ciphertext, tag] = parts.map((part) => Buffer.from(part, 'base64url'));
    if (format !== version || !iv || !ciphertext || !tag) throw this.#damaged(context);
    if (keyId !== this.keyId) throw this.#wrongKey(context, keyId ?? '');
    try {
      const decipher = createDecipheriv(algorithm, this.#key.bytes, iv, { authTagLength: tagBytes })
        .setAAD(Buffer.from(context))
        .setAuthTag(tag);
      return decipher.update(ciphertext, undefined, 'utf8') + decipher.final('utf8');
    } catch (cause) {
      throw this.#damaged(context, cause);
    }
  }

  #wrongKey(context: string, keyId: string): AppError {
    const message =
      `The secrets of "${context}" in the database were sealed with another key (id ${keyId}) than the present one (id ${this.keyId}, ` +
      `from ${this.#key.origin}). Put the former key back: it was in MMC_SECRET_KEY or in secret.key of the data folder.`;
    return new AppError('internal', message, { details: { context, keyId } });
  }

  #damaged(context: string, cause?: unknown): AppError {
    return new AppError('internal', `The sealed secrets of "${context}" in the database are damaged or belong to another provider`, {
      cause,
      details: { context },
    });
  }
}
