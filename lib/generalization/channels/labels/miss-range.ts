import { bracketedRoot } from '../../../numerics/root-finding.js';
import type { Activation } from '../../../gaussian/activation.js';
import { stepGrid } from './step-grid.js';

/** The misses r = t − g(z) for which the Moreau step stays at z, and where it jumps to at their ends. */
export interface MissRange {
  /** At most 0; −Infinity where no label is too low. */
  low: number;
  /** At least 0; Infinity where no label is too high. */
  high: number;
  /** Where the step jumps to at the lower and at the upper end. */
  lowRival: number;
  highRival: number;
}

/** Writes the range for a step z at which g has the (sub)gradient `slope`. */
export type MissRangeWriter = (z: number, slope: number, out: MissRange) => void;

const LEFT = 1e-10; // relative distance from which the derivative left of a kink is taken
const ROUNDING = 4 * Number.EPSILON;
const TOLERANCE = 1e-9; // of a rival; its pull is stationary there, so that it is known to the square of this

/** g′ just left of z; at a kink `derivative` itself is the one to the right. */
export function leftDerivative({ derivative }: Activation, z: number): number {
  return derivative(z - LEFT * (1 + Math.abs(z)));
}

/**
 * Which labels make z the global minimum over y of (y − ω)²/2V + ½(t − g(y))², where ω = z − V r s, s = g′(z), makes it
 * stationary. With d = y − z and Δ = g(y) − g(z), y is no better than z if
 *
 *     d²/V + Δ² ≥ 2r(Δ − s d),
 *
 * which is linear in the miss r = t − g(z): the labels of z are an interval around g(z), and its ends are at the largest and the
 * least *pull* 2(Δ − s d)/(d²/V + Δ²) of a rival y, inverted. At a kink the same holds for every s between the two slopes.
 *
 * Pulls are compared on a grid and the largest is then refined: two rivals closer than the grid (0.1 near the origin) are not
 * told apart.
 *
 * @param inverse 1/V
 * @param low least z that a step may reach
 * @param high largest z that a step may reach
 */
export function missRange(
  activation: Activation,
  inverse: number,
  low: number,
  high: number,
): MissRangeWriter {
  const { value, derivative, kinks } = activation;
  const points = stepGrid(low, high, kinks);
  const outputs = points.map(value);
  const right = points.map(derivative);
  const left = right.slice();
  points.forEach((y, i) => {
    if (kinks.includes(y)) left[i] = leftDerivative(activation, y);
  });
  let [z, slope, output] = [0, 0, 0];

  function pull(y: number, g: number): number {
    const d = y - z;
    const gap = g - output;
    const lift = gap - slope * d;
    // What rounding may have made of nothing counts as nothing.
    const sure = Math.abs(lift) - ROUNDING * (Math.abs(g) + Math.abs(output) + Math.abs(slope * d));
    return sure > 0 ? (2 * Math.sign(lift) * sure) / (inverse * d * d + gap * gap) : 0;
  }

  /** Has the sign of the derivative of the pull at y, where g has the value and the slope given. */
  function rise(y: number, g: number, rivalSlope: number): number {
    const d = y - z;
    const gap = g - output;
    return (
      (rivalSlope - slope) * (inverse * d * d + gap * gap) -
      2 * (gap - slope * d) * (inverse * d + gap * rivalSlope)
    );
  }

  /** The stationary point between grid points i and i + 1, or whichever of them the pull falls away from. */
  function stationary(i: number): number {
    const [from, to] = [points[i]!, points[i + 1]!];
    const [first, last] = [rise(from, outputs[i]!, right[i]!), rise(to, outputs[i + 1]!, left[i + 1]!)];
    if (first * last >= 0) return NaN;
    const inside = (y: number): number =>
      y === from ? first : y === to ? last : rise(y, value(y), derivative(y));
    return bracketedRoot(inside, from, to, TOLERANCE * (Math.abs(from - z) + Math.abs(to - z)));
  }

  /** The rival of the largest pull times `sign` near grid point i. */
  function refine(i: number, sign: number): number {
    let best = points[i]!;
    let most = sign * pull(best, outputs[i]!);
    for (const cell of [i - 1, i]) {
      if (cell < 0 || cell + 1 >= points.length) continue;
      const y = stationary(cell);
      const here = sign * pull(y, value(y));
      if (here > most) [best, most] = [y, here];
    }
    return best;
  }

  return (at, gradient, out) => {
    z = at;
    slope = gradient;
    output = value(at);
    let [least, most] = [0, 0];
    let [lowest, highest] = [-1, -1];
    for (let i = 0; i < points.length; i++) {
      const here = pull(points[i]!, outputs[i]!);
      if (here > most) [most, highest] = [here, i];
      if (here < least) [least, lowest] = [here, i];
    }
    out.lowRival = lowest < 0 ? NaN : refine(lowest, -1);
    out.highRival = highest < 0 ? NaN : refine(highest, 1);
    out.low = lowest < 0 ? -Infinity : 1 / pull(out.lowRival, value(out.lowRival));
    out.high = highest < 0 ? Infinity : 1 / pull(out.highRival, value(out.highRival));
  };
}
