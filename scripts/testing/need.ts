/** Something outside the repository that tests need. */
export interface Need {
  readonly name: string;
  /** The variable by which the suites find it. */
  readonly variable: string;
  readonly prepare: () => Promise<Prepared | Missing>;
}

export interface Prepared extends AsyncDisposable {
  readonly value: string;
}

export interface Missing {
  readonly missing: string;
}

export const nothingToStop = async (): Promise<void> => undefined;
