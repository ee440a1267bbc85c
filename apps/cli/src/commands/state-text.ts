import type { ProviderDto } from '@multimodel/contract';
import type { TextKey } from '../texts/catalogue.ts';
import type { Texts } from '../texts/texts.ts';

const keys: Readonly<Record<ProviderDto['state'], TextKey>> = {
  ready: 'stateReady',
  failing: 'stateFailing',
  unconfigured: 'stateUnconfigured',
  disabled: 'stateDisabled',
};

export function stateText(state: ProviderDto['state'], texts: Texts): string {
  return texts.say(keys[state]);
}
