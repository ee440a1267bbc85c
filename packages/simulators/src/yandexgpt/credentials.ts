import { constants, createPublicKey, generateKeyPairSync, randomBytes, verify } from 'node:crypto';
import { parseRecord, toNumber, toText } from '../host/json.ts';
import { Refusal } from './errors.ts';

export const exampleApiKey = 'AQVNexample0000000000000000000000000000aa';
export const exampleFolderId = 'b1gaaaaaaaaaaaaaaaaa';
export const exampleIamToken = `t1.example${'A'.repeat(80)}.${'B'.repeat(86)}`;
export const tokenAudience = 'https://iam.api.cloud.yandex.net/iam/v1/tokens';

/** Who stands behind a credential. */
export interface Account {
  readonly folderId: string;
  /** Scopes of an API key; absent = all. */
  readonly scopes?: readonly string[] | undefined;
  readonly expiresAt?: number | undefined;
  /** False: the role `ai.languageModels.user` is missing. */
  readonly hasRole?: boolean | undefined;
}

/** An authorized key of a service account, as the vendor's console lets one download it. */
export interface ServiceAccountKeyFile {
  readonly id: string;
  readonly service_account_id: string;
  readonly created_at: string;
  readonly key_algorithm: 'RSA_2048';
  readonly public_key: string;
  readonly private_key: string;
}

export interface CredentialStoreOptions {
  readonly now: () => number;
  readonly apiKeys: Readonly<Record<string, Account>>;
  readonly iamTokens: Readonly<Record<string, Account>>;
  readonly iamTokenLifetimeMs: number;
}

interface ServiceKey {
  readonly serviceAccountId: string;
  readonly publicKey: string;
  readonly account: Account;
}

const generationScopes = ['yc.ai.languageModels.execute', 'yc.ai.foundationModels.execute'];

/** Keys, tokens and authorized keys that the simulated cloud knows. */
export class CredentialStore {
  readonly #options: CredentialStoreOptions;
  readonly #apiKeys: Map<string, Account>;
  readonly #iamTokens: Map<string, Account>;
  readonly #serviceKeys = new Map<string, ServiceKey>();
  #issued = 0;

  constructor(options: CredentialStoreOptions) {
    this.#options = options;
    this.#apiKeys = new Map(Object.entries(options.apiKeys));
    this.#iamTokens = new Map(Object.entries(options.iamTokens));
  }

  /** `isOpenAi`: that host also takes an API key as a bearer token. */
  authenticate(authorization: string | undefined, isOpenAi: boolean): Account {
    const [, scheme = '', secret = ''] = /^(\S+) (\S+)$/u.exec(authorization ?? '') ?? [];
    const isApiKey = scheme === 'Api-Key' || (isOpenAi && scheme === 'Bearer' && !/^t\d\./u.test(secret));
    if (isApiKey) return this.#checkApiKey(secret);
    if (scheme === 'Bearer') return this.#checkToken(secret);
    throw new Refusal(401, 'Authorization header is missing or malformed');
  }

  #checkApiKey(key: string): Account {
    const account = this.#apiKeys.get(key);
    // The vendor answers a wrong scope as it answers an unknown key.
    const isUnknown = account === undefined || (account.scopes?.every((scope) => !generationScopes.includes(scope)) ?? false);
    if (isUnknown) throw new Refusal(401, `Unknown api key '${key.slice(0, 4)}****'`);
    if ((account.expiresAt ?? Infinity) <= this.#options.now()) throw new Refusal(401, 'The apikey has expired');
    return account;
  }

  #checkToken(token: string): Account {
    const account = this.#iamTokens.get(token);
    if (account === undefined) throw new Refusal(401, 'The token is invalid');
    if ((account.expiresAt ?? Infinity) <= this.#options.now()) throw new Refusal(401, 'The token is invalid: it has expired');
    return account;
  }

  addApiKey(key: string, account: Account): void {
    this.#apiKeys.set(key, account);
  }

  /** Every token given out so far is refused from now on. */
  revokeTokens(): void {
    this.#iamTokens.clear();
  }

  issueToken(account: Account): { readonly token: string; readonly expiresAt: number } {
    this.#issued += 1;
    const expiresAt = this.#options.now() + this.#options.iamTokenLifetimeMs;
    const token = `t1.${randomBytes(60).toString('base64url')}.${randomBytes(64).toString('base64url')}`;
    this.#iamTokens.set(token, { ...account, expiresAt });
    return { token, expiresAt };
  }

  get issuedTokens(): number {
    return this.#issued;
  }

  createServiceAccountKey(account: Account = { folderId: exampleFolderId }): ServiceAccountKeyFile {
    const pair = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const id = `ajekey${randomBytes(7).toString('hex')}`;
    const serviceAccountId = `ajesa${randomBytes(8).toString('hex').slice(0, 15)}`;
    this.#serviceKeys.set(id, { serviceAccountId, publicKey: pair.publicKey, account });
    return {
      id,
      service_account_id: serviceAccountId,
      created_at: '2026-01-01T00:00:00Z',
      key_algorithm: 'RSA_2048',
      public_key: pair.publicKey,
      private_key: `PLEASE DO NOT REMOVE THIS LINE! Yandex.Cloud SA Key ID <${id}>\n${pair.privateKey}`,
    };
  }

  /** Verifies a JWT as the token service does. */
  verifyJwt(jwt: string): Account {
    const [head = '', body = '', signature = ''] = jwt.split('.');
    const header = parseRecord(Buffer.from(head, 'base64url').toString()) ?? {};
    const claims = parseRecord(Buffer.from(body, 'base64url').toString()) ?? {};
    if (header['alg'] !== 'PS256') throw new Refusal(401, 'JWT: only PS256 is supported');
    const key = this.#serviceKeys.get(toText(header['kid']));
    if (key === undefined) throw new Refusal(401, 'JWT: key not found');
    if (claims['aud'] !== tokenAudience) throw new Refusal(401, 'JWT: wrong audience');
    if (claims['iss'] !== key.serviceAccountId) throw new Refusal(401, 'JWT: the key is not of this service account');
    this.#checkTimes(toNumber(claims['iat']) ?? NaN, toNumber(claims['exp']) ?? NaN);
    // A salt as long as the hash is part of PS256; a longer one is refused.
    const pss = { key: createPublicKey(key.publicKey), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
    if (!verify('sha256', Buffer.from(`${head}.${body}`), pss, Buffer.from(signature, 'base64url')))
      throw new Refusal(401, 'JWT: bad signature');
    return key.account;
  }

  #checkTimes(issuedAt: number, expiresAt: number): void {
    const now = this.#options.now() / 1000;
    const skew = 300;
    const isSane = expiresAt > issuedAt && expiresAt - issuedAt <= 3600 && issuedAt <= now + skew && expiresAt > now - skew;
    if (!isSane) throw new Refusal(401, 'JWT: wrong iat or exp');
  }
}
