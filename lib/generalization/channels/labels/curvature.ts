import type { Activation } from '../../../gaussian/activation.js';
import { chebyshevPoints, chebyshevTransform } from '../../../numerics/chebyshev.js';

const TERMS = 12;
const WIDTH = 0.25;

const points = chebyshevPoints(TERMS);
const transform = chebyshevTransform(TERMS);

/**
 * g″ between the kinks, from the Chebyshev series of g′ on an interval of width 0.25 around z (narrower between close kinks)
 * that crosses no kink: to 1e-12 for activations that vary on the scale of 1.
 */
export function curvatureOf({ derivative, kinks }: Activation): (z: number) => number {
  const samples = new Float64Array(TERMS);
  return (z) => {
    let [floor, ceiling] = [-Infinity, Infinity];
    for (const kink of kinks) {
      if (kink <= z) floor = kink;
      else {
        ceiling = kink;
        break;
      }
    }
    const half = Math.min(WIDTH, ceiling - floor) / 2;
    const middle = Math.min(Math.max(z, floor + half), ceiling - half);
    for (let j = 0; j < TERMS; j++) samples[j] = derivative(middle + half * points[j]!);
    // The derivative of Σ cₖTₖ(x) is Σ k cₖU_{k−1}(x); U at x by its recurrence.
    const x = (z - middle) / half;
    let sum = 0;
    let [before, u] = [0, 1];
    for (let k = 1; k < TERMS; k++) {
      let coefficient = 0;
      for (let j = 0; j < TERMS; j++) coefficient += samples[j]! * transform[k * TERMS + j]!;
      sum += k * coefficient * u;
      [before, u] = [u, 2 * x * u - before];
    }
    return sum / half;
  };
}
