import { type NumberRange, roundToStep } from './changed-settings.ts';

/** Places on a slider, from 0 to `steps`. */
export interface NumberScale {
  readonly steps: number;
  toPlace(value: number): number;
  toValue(place: number): number;
}

const wideSteps = 100;
/** From here on equal distances on the slider are equal factors: from 100 to 200 as far as from 10,000 to 20,000. */
const wideRatio = 1000;

export function numberScale(range: NumberRange): NumberScale {
  const { min, max } = range;
  const step = range.step ?? (max - min <= 2 ? 0.05 : 1);
  const isWide = min > 0 && max / min >= wideRatio;
  const hold = (value: number) => Math.min(max, Math.max(min, value));
  if (!isWide) {
    const steps = Math.round((max - min) / step);
    return {
      steps,
      toPlace: (value) => Math.round((hold(value) - min) / step),
      toValue: (place) => hold(roundToStep(min + place * step, { ...range, step })),
    };
  }
  const growth = Math.log(max / min);
  return {
    steps: wideSteps,
    toPlace: (value) => Math.round((Math.log(hold(value) / min) / growth) * wideSteps),
    toValue: (place) =>
      place >= wideSteps ? max : hold(roundToStep(twoDigits(min * Math.exp((growth * place) / wideSteps)), { ...range, step })),
  };
}

/** 12,483 says no more than 12,000 here. */
function twoDigits(value: number): number {
  return Number(value.toPrecision(2));
}
