import type { VaryingRate } from '../dynamics/schedule.js';

// Where a learning rate varies, this many steps to a run are the least.
const LEAST_STEPS = 200;
// Looks that tell whether it varies, for each of those steps, and the least in a piece.
const LOOKS = 2;
const LEAST_LOOKS = 16;

/** The breaks of all rates from 0 to the end of a run, increasing. */
export function breaksOf(rates: readonly VaryingRate[], until: number): number[] {
  const all = rates.flatMap((rate) => rate.breaks?.(until) ?? []);
  return [...new Set(all)].filter((time) => time >= 0 && time <= until).sort((a, b) => a - b);
}

function varies(rate: VaryingRate, from: number, until: number, looks: number): boolean {
  const at = (look: number): number => rate(from + ((until - from) * (look + 0.5)) / looks);
  const first = at(0);
  for (let look = 1; look < looks; look++) if (!Object.is(at(look), first)) return true;
  return false;
}

/** The longest step between two breaks of a run from 0 to `end`: a 200th of the run where a rate varies between them. */
export function longestStep(
  rates: readonly VaryingRate[],
  end: number,
): (from: number, until: number) => number {
  return (from, until) => {
    const looks = Math.max(LEAST_LOOKS, Math.ceil((LOOKS * LEAST_STEPS * (until - from)) / end));
    return rates.some((rate) => varies(rate, from, until, looks)) ? end / LEAST_STEPS : Infinity;
  };
}
