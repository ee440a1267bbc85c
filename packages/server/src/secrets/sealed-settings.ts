import { noSecrets, type ProviderRecord, type ProviderSecrets, type SecretSettings } from '@multimodel/core';
import { z } from 'zod';
import type { SecretBox } from './secret-box.ts';

/** No field of a plugin can be called so; what older releases sealed does not have it. */
const timesKey = '$changedAt';

const timesSchema = z.record(z.string(), z.number()).catch({});
const sealedSchema = z.record(z.string(), z.json());

/** Secret settings as JSON in the secret box, bound to the slug of their provider. */
export class SealedSettings implements ProviderSecrets {
  readonly #box: SecretBox;

  constructor(box: SecretBox) {
    this.#box = box;
  }

  seal({ values, changedAt }: SecretSettings, slug: string): string {
    const times = Object.keys(changedAt).length === 0 ? {} : { [timesKey]: changedAt };
    return this.#box.seal(JSON.stringify({ ...values, ...times }), slug);
  }

  unseal({ sealedSecrets, slug }: ProviderRecord): SecretSettings {
    if (sealedSecrets === undefined) return noSecrets;
    const { [timesKey]: times, ...values } = sealedSchema.parse(JSON.parse(this.#box.open(sealedSecrets, slug)));
    return { values, changedAt: timesSchema.parse(times) };
  }
}
