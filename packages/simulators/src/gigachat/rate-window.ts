/** Lets so many through within any second. */
export class RateWindow {
  readonly #now: () => number;
  readonly #perSecond: number;
  #times: readonly number[] = [];

  constructor(now: () => number, perSecond: number) {
    this.#now = now;
    this.#perSecond = perSecond;
  }

  admit(): boolean {
    const from = this.#now() - 1000;
    this.#times = this.#times.filter((time) => time > from);
    if (this.#times.length >= this.#perSecond) return false;
    this.#times = [...this.#times, this.#now()];
    return true;
  }
}
