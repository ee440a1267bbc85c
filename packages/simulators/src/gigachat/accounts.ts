import { randomBytes } from 'node:crypto';
import { Refusal, refusalOf } from './errors.ts';

export const gigaChatScopes = ['GIGACHAT_API_PERS', 'GIGACHAT_API_B2B', 'GIGACHAT_API_CORP'] as const;
export type GigaChatScope = (typeof gigaChatScopes)[number];

/** Who stands behind a key, a password or a client's certificate. */
export interface GigaChatAccount {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: GigaChatScope;
  /** Requests at the same time; 1 for a person and 10 else when absent. */
  readonly concurrency?: number | undefined;
  /** Tokens bought in advance, by family of models; companies that pay as they go have none. */
  readonly balance?: Readonly<Record<string, number>> | undefined;
  /** Takes `POST /token` with HTTP Basic, which closed installations have. */
  readonly password?: { readonly user: string; readonly password: string } | undefined;
}

const account = (clientId: string, scope: GigaChatScope): GigaChatAccount => ({ clientId, clientSecret: 'secret', scope });

/** As the vendor's cabinet gives them out: base64 of `id:secret`. */
export const keyOf = ({ clientId, clientSecret }: GigaChatAccount): string => Buffer.from(`${clientId}:${clientSecret}`).toString('base64');

export const exampleAccounts: readonly GigaChatAccount[] = [
  { ...account('id', 'GIGACHAT_API_PERS'), password: { user: 'user', password: 'password' } },
  account('id-b2b', 'GIGACHAT_API_B2B'),
  account('id-corp', 'GIGACHAT_API_CORP'),
];

/** The key of the person among the accounts that are known unless told otherwise. */
export const exampleAuthorizationKey = keyOf(account('id', 'GIGACHAT_API_PERS'));

export interface GivenToken {
  readonly token: string;
  readonly expiresAt: number;
}

/** An account and what it uses at the moment. */
export class Member {
  readonly account: GigaChatAccount;
  readonly #balance: Map<string, number>;
  #running = 0;

  constructor(account: GigaChatAccount) {
    this.account = account;
    const isPrepaid = account.scope !== 'GIGACHAT_API_CORP';
    this.#balance = new Map(Object.entries(account.balance ?? (isPrepaid ? defaultBalance : {})));
  }

  get balance(): ReadonlyMap<string, number> | undefined {
    return this.account.scope === 'GIGACHAT_API_CORP' ? undefined : this.#balance;
  }

  /** Takes a place; the answer gives it back. */
  enter(retryAfterSeconds: number | undefined): () => void {
    const limit = this.account.concurrency ?? (this.account.scope === 'GIGACHAT_API_PERS' ? 1 : 10);
    if (this.#running >= limit) throw refusalOf(429, { retryAfterSeconds });
    this.#running += 1;
    return () => {
      this.#running -= 1;
    };
  }

  /** A family that nothing was bought of is not counted. */
  admitSpending(family: string): void {
    if ((this.balance?.get(family) ?? 1) <= 0) throw refusalOf(402);
  }

  spend(family: string, tokens: number): void {
    const left = this.#balance.get(family);
    if (left !== undefined) this.#balance.set(family, Math.max(0, left - tokens));
  }
}

const defaultBalance: Readonly<Record<string, number>> = {
  GigaChat: 900_000,
  'GigaChat-Pro': 50_000_000,
  'GigaChat-Max': 50_000_000,
  embeddings: 10_000_000,
};

/** Accounts and the tokens that they were given. */
export class Accounts {
  readonly #now: () => number;
  readonly #lifetimeMs: number;
  readonly #members: readonly Member[];
  readonly #tokens = new Map<string, { readonly member: Member; readonly expiresAt: number }>();
  #issued = 0;

  constructor(options: { readonly now: () => number; readonly tokenLifetimeMs: number; readonly accounts: readonly GigaChatAccount[] }) {
    this.#now = options.now;
    this.#lifetimeMs = options.tokenLifetimeMs;
    this.#members = options.accounts.map((each) => new Member(each));
  }

  get issuedTokens(): number {
    return this.#issued;
  }

  find(clientId: string, clientSecret: string): Member | undefined {
    return this.#members.find(({ account: each }) => each.clientId === clientId && each.clientSecret === clientSecret);
  }

  findByPassword(user: string, password: string): Member | undefined {
    return this.#members.find(({ account: each }) => each.password?.user === user && each.password.password === password);
  }

  /** A certificate of our own root stands for the first account. */
  ofCertificate(): Member | undefined {
    return this.#members[0];
  }

  issue(member: Member): GivenToken {
    this.#issued += 1;
    const expiresAt = this.#now() + this.#lifetimeMs;
    // As long as the vendor's, which is a JWE.
    const token = `sim.${randomBytes(900).toString('base64url')}`;
    this.#tokens.set(token, { member, expiresAt });
    return { token, expiresAt };
  }

  authenticate(authorization: string): Member {
    const token = /^Bearer (\S+)$/u.exec(authorization)?.[1] ?? '';
    const found = this.#tokens.get(token);
    if (found === undefined) throw refusalOf(401);
    if (found.expiresAt <= this.#now()) throw new Refusal(401, 'Token has expired');
    return found.member;
  }

  /** Every token given out so far has expired from now on. */
  expireTokens(): void {
    for (const [token, { member }] of this.#tokens) this.#tokens.set(token, { member, expiresAt: 0 });
  }
}
