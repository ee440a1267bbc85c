import type { Transport } from '../transport/transport.ts';
import type { RequestAuth } from './request-auth.ts';

/** What a model shares with the others of its provider. */
export interface ChatModelDeps {
  /** Slug of the configured provider (`context.slug`). */
  readonly providerId: string;
  readonly transport: Transport;
  readonly auth: RequestAuth;
  /** Values of secret settings, kept out of every error; those of the auth headers are added. */
  readonly secrets?: readonly string[] | undefined;
}
