import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { DatabaseSync } from 'node:sqlite';
import { guarded } from './sqlite-error.ts';
import { ensurePrivateFile } from './sqlite-location.ts';

export interface SqliteResult {
  readonly rows: readonly unknown[];
  readonly changes: number | bigint;
}

interface Prepared {
  readonly statement: StatementSync;
  readonly isReader: boolean;
}

export interface SqliteConnectionOptions {
  readonly path: string;
  readonly pragmas: readonly string[];
  readonly statementCacheSize?: number | undefined;
}

const isBindable = (value: unknown): value is SQLInputValue => value === null || typeof value === 'string' || typeof value === 'number';

const defaultStatementCacheSize = 256;

/** The seam to the driver, and the only place that knows it: prepares each statement once, forgets the least recently used. */
export class SqliteConnection implements Disposable {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, Prepared>();
  readonly #cacheSize: number;

  constructor({ path, pragmas, statementCacheSize = defaultStatementCacheSize }: SqliteConnectionOptions) {
    this.#cacheSize = statementCacheSize;
    ensurePrivateFile(path);
    this.#database = guarded(() => new DatabaseSync(path));
    try {
      for (const pragma of pragmas) this.exec(`PRAGMA ${pragma}`);
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  get isOpen(): boolean {
    return this.#database.isOpen;
  }
  get isInTransaction(): boolean {
    return this.#database.isTransaction;
  }
  get cachedStatements(): number {
    return this.#prepared.size;
  }

  /** Any number of statements, without parameters. */
  exec(sql: string): void {
    guarded(() => this.#database.exec(sql));
  }

  run(sql: string, parameters: readonly unknown[] = []): SqliteResult {
    return guarded(() => {
      const { statement, isReader } = this.#prepare(sql);
      if (!parameters.every(isBindable)) throw new TypeError('Only text, numbers and null can be bound to a statement');
      if (isReader) return { rows: statement.all(...parameters), changes: 0 };
      return { rows: [], changes: statement.run(...parameters).changes };
    });
  }

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql);
    if (known) {
      this.#prepared.delete(sql);
      this.#prepared.set(sql, known);
      return known;
    }
    const statement = this.#database.prepare(sql);
    const made = { statement, isReader: statement.columns().length > 0 };
    this.#prepared.set(sql, made);
    for (const oldest of this.#prepared.keys()) {
      if (this.#prepared.size <= this.#cacheSize) break;
      this.#prepared.delete(oldest);
    }
    return made;
  }

  [Symbol.dispose](): void {
    this.#prepared.clear();
    if (this.#database.isOpen) this.#database.close();
  }
}
