/** Names that mean the vendor's own functions; one of ours must not be taken for them. */
const taken: readonly string[] = ['text2image', 'text2model3d', 'get_file_content', 'web_search', 'code_interpreter', 'image_generate'];

/** The vendor takes Latin names that do not begin with a digit; any other is changed, and found again in the answer. */
export class FunctionNames {
  readonly #wireByName = new Map<string, string>();
  readonly #nameByWire = new Map<string, string>();

  constructor(names: Iterable<string>) {
    for (const name of names) this.toWire(name);
  }

  toWire(name: string): string {
    const known = this.#wireByName.get(name);
    if (known !== undefined) return known;
    const base = toLatin(name);
    let wire = taken.includes(base) ? `${base}_own` : base;
    for (let number = 2; this.#nameByWire.has(wire); number += 1) wire = `${base}_${String(number)}`;
    this.#wireByName.set(name, wire);
    this.#nameByWire.set(wire, name);
    return wire;
  }

  fromWire(wire: string): string {
    return this.#nameByWire.get(wire) ?? wire;
  }
}

function toLatin(name: string): string {
  const latin = name.replaceAll(/[^A-Za-z0-9_.-]/gu, '_');
  return /^[A-Za-z_]/u.test(latin) ? latin : `_${latin}`;
}
