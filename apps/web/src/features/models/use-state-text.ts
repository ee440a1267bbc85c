import type { ModelDto } from '@multimodel/contract';
import { useTexts } from '../preferences/use-texts.ts';

export function useStateText(): (state: ModelDto['state']) => string {
  const t = useTexts();
  const texts = { ready: t.model_state_ready, failing: t.model_state_failing, unconfigured: t.model_state_unconfigured };
  return (state) => texts[state]();
}
