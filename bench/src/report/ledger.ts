const shownViolations = 20;

/** Correctness of everything that ran: one violation and the bench has failed, whatever its numbers are. */
export class Ledger {
  readonly #violations: string[] = [];
  #violationCount = 0;
  readonly totals = { started: 0, completed: 0, cancelled: 0, bytes: 0 };

  check(isRight: boolean, violation: string): void {
    if (!isRight) this.violate(violation);
  }

  violate(text: string): void {
    this.#violationCount += 1;
    if (this.#violations.length < shownViolations) this.#violations.push(text);
  }

  get violations(): readonly string[] {
    return this.#violations;
  }

  get violationCount(): number {
    return this.#violationCount;
  }
}
