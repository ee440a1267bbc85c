/** One thing that is wrong in the configuration. Never holds the value of a secret. */
export interface ConfigProblem {
  /** As the person wrote it: `PORT`, `--port`, `providers[0].settings.apiKey`. */
  readonly key: string;
  /** `environment`, `command line`, or the path of the file. */
  readonly source: string;
  readonly message: string;
  readonly allowed?: string | undefined;
  readonly nearest?: string | undefined;
}

/** Adds what was not told yet: of two faults in one place the first is enough. */
export function addProblems(problems: ConfigProblem[], more: readonly ConfigProblem[]): void {
  for (const problem of more) {
    if (!problems.some(({ key, source }) => key === problem.key && source === problem.source)) problems.push(problem);
  }
}

/** Stops the start, with every problem at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
    super(`The configuration has ${count}:\n${problems.map((problem) => `  - ${describe(problem)}`).join('\n')}`);
    this.problems = problems;
  }
}

function describe({ key, source, message, allowed, nearest }: ConfigProblem): string {
  const sentences = [`${key} (${source}): ${message}`];
  if (nearest !== undefined) sentences.push(`Did you mean ${nearest}?`);
  if (allowed !== undefined) sentences.push(`Allowed: ${allowed}.`);
  return sentences.join(' ');
}
