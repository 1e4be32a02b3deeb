import { bracketedRoot } from '../numerics/root-finding.js';
import { naturalRate, settlingIndices, type LearningRateFamily } from './family.js';
import { relativeGrowth } from './spectrum.js';

/** A stationary point with the learning rate that it belongs to. */
export interface BranchPoint {
  readonly learningRate: number;
  readonly state: Float64Array;
  /** Greatest real part of the spectrum, over the largest entry of the Jacobian; stable where it is negative. */
  readonly growth: number;
  /** Finds points between the one before and this one: the fraction of the way there at which f changes sign. */
  readonly between: (f: (point: BranchPoint) => number) => BranchPoint;
}

/** A place in the plane of ln(scale) and ln(r/R), R = 1 − r, in which the ends at R = 1 and R = 0 are straight lines. */
type Place = readonly [scale: number, odds: number];

const LONGEST_STEP = 0.65;
const SHORTEST_STEP = 1e-6;
// From step to step the direction turns by less than 0.4 rad and the learning rate changes by less than a factor of two.
const STRAIGHT = Math.cos(0.4);
const LARGEST_CHANGE = Math.LN2;
// γ or L as a multiple of what it is at alignment, as far as it is followed.
const FARTHEST_SCALE = Math.log(1e4);
const MOST_STEPS = 400;
const CORRECTIONS = 12;
const CORRECTED = 1e-10;
// Of the reach: near enough to tell the slope, far enough to see it above rounding.
const FIRST_TRIAL = 1e-2;
const FIRST_ODDS = Math.log(1e-3);
// Where the branch leaves alignment at a learning rate > 0, this near to it.
const LEAVING_ODDS = Math.log(1e-8);
const HIGHEST_BEGINNING = Math.log(1e-2);
const PLACED = 1e-11;
// Noise this small beside that at r = 0.01 is rounding.
const SILENT = 1e-20;

const along = ([x, y]: Place, [dx, dy]: Place, distance: number): Place => [
  x + distance * dx,
  y + distance * dy,
];

/** The curve of stationary points in the plane of scale and r, as the zeros of one function. */
function stationaryCurve<Name extends string>(family: LearningRateFamily<Name>, aligned: Float64Array) {
  const { overlap, scale } = settlingIndices(family(1));
  const slope = new Float64Array(aligned.length);
  let reference = NaN;
  let [slow, fast] = [family(1), family(2)];

  function stateAt([x, y]: Place): Float64Array {
    const state = aligned.slice();
    state[scale] = Math.exp(x);
    state[overlap] = 1 / (1 + Math.exp(-y));
    return state;
  }

  /** The two parts of dr/dt, proportional to η and to η², at the learning rate of reference. */
  function pullAndNoise(state: Float64Array): [pull: number, noise: number] {
    slow.derivative(0, state, slope);
    const once = slope[overlap]!;
    fast.derivative(0, state, slope);
    const half = slope[overlap]! / 2;
    return [2 * once - half, half - once];
  }

  /** The η at which r rests, −a/b for dr/dt = aη + bη². */
  function rateAt(state: Float64Array): number {
    const [pull, noise] = pullAndNoise(state);
    return (reference * -pull) / noise;
  }

  const curve = {
    overlap,
    scale,
    stateAt,
    rateAt,
    noiseAt: (state: Float64Array) => pullAndNoise(state)[1],
    /** Takes a learning rate at which the two parts of dr/dt are of one order, so that both keep their digits. */
    refer(learningRate: number): void {
      reference = learningRate;
      [slow, fast] = [family(reference), family(2 * reference)];
    },
    /** d(scale)/dt per η where r rests; NaN where it rests at no η > 0. */
    imbalance(place: Place): number {
      const state = stateAt(place);
      const learningRate = rateAt(state);
      if (!(learningRate > 0 && learningRate < Infinity)) return NaN;
      family(learningRate).derivative(0, state, slope);
      return slope[scale]! / learningRate;
    },
  };
  curve.refer(naturalRate(slow, aligned));
  return curve;
}

/** The zero of f near 0 by the secant method, and the slope of f there; undefined where it does not settle within `reach`. */
function nearestZero(
  f: (u: number) => number,
  steepness: number,
  reach: number,
): { u: number; steepness: number } | undefined {
  let [last, fLast] = [0, f(0)];
  let u = Number.isNaN(steepness) ? FIRST_TRIAL * reach : -fLast / steepness;
  let rise = steepness;
  for (let count = 0; count < CORRECTIONS && Math.abs(u) <= reach; count++) {
    if (Math.abs(u - last) <= CORRECTED) return { u, steepness: rise };
    const value = f(u);
    rise = (value - fLast) / (u - last);
    const step = -value / rise;
    [last, fLast] = [u, value];
    u += step;
  }
  return undefined;
}

/** Whether the gradient noise vanishes at alignment, which is then stationary at every learning rate. */
export function isSilent<Name extends string>(
  family: LearningRateFamily<Name>,
  aligned: Float64Array,
): boolean {
  const { noiseAt, overlap } = stationaryCurve(family, aligned);
  const away = aligned.slice();
  away[overlap] = 0.01;
  return Math.abs(noiseAt(aligned)) <= SILENT * Math.abs(noiseAt(away));
}

/**
 * The branch of stationary points that begins at alignment for small learning rates, noise included, one after another.
 *
 * The equations of r, dr/dt = aη + bη², say which η belongs to a state. Put into that of the scale it leaves one condition on
 * scale and r, a curve in their plane free of η, M and, for normalized rules, L. It is followed in steps along its tangent,
 * each brought back to the curve across it, so that nothing is singular where η turns back. The curve ends where a step of
 * 1e-6 fails or the scale has changed by 1e4.
 *
 * @param aligned the fixed point of gradient flow
 * @param smallest learning rate at which to begin
 * @param leaves whether gradient noise vanishes at alignment (`isSilent`), which the branch then leaves at `smallest`
 * @returns whether the curve was followed to the farthest scale
 */
export function* stationaryBranch<Name extends string>(
  family: LearningRateFamily<Name>,
  aligned: Float64Array,
  smallest: number,
  leaves = false,
): Generator<BranchPoint, boolean> {
  const curve = stationaryCurve(family, aligned);
  let steepness = NaN;

  function corrected(predicted: Place, [dx, dy]: Place, reach: number): Place | undefined {
    const across: Place = [dy, -dx];
    const zero = nearestZero((u) => curve.imbalance(along(predicted, across, u)), steepness, reach);
    // Where the search failed the slope of a place before has misled it.
    steepness = zero === undefined ? NaN : zero.steepness;
    if (zero === undefined) return undefined;
    return along(predicted, across, zero.u);
  }

  function pointAt(place: Place, between: BranchPoint['between']): BranchPoint {
    const state = curve.stateAt(place);
    const learningRate = curve.rateAt(state);
    return { learningRate, state, growth: relativeGrowth(family(learningRate), state), between };
  }

  /** The place above the aligned scale where r rests at about the smallest learning rate. */
  function beginning(): Place {
    const scale = Math.log(aligned[curve.scale]!);
    if (leaves) return [scale, LEAVING_ODDS];
    let y = FIRST_ODDS;
    for (let count = 0; count < CORRECTIONS; count++) {
      const rate = curve.rateAt(curve.stateAt([scale, y]));
      const miss = Math.log(rate / smallest);
      // Near alignment η is proportional to r.
      if (!(Math.abs(miss) > LARGEST_CHANGE)) break;
      y -= miss;
      curve.refer(smallest);
    }
    return [scale, Math.min(y, HIGHEST_BEGINNING)];
  }

  const begin = corrected(beginning(), [0, 1], 1);
  if (begin === undefined) return false;
  let place = begin;
  let point = pointAt(place, () => point);
  yield point;
  let direction: Place = [0, 1];
  let step = LONGEST_STEP;
  for (let count = 0; count < MOST_STEPS && step > SHORTEST_STEP;) {
    const [from, heading, length] = [place, direction, step];
    const next = corrected(along(from, heading, length), heading, length);
    const rate = next === undefined ? NaN : curve.rateAt(curve.stateAt(next));
    const change = next === undefined ? NaN : Math.hypot(next[0] - from[0], next[1] - from[1]);
    const turned: Place | undefined =
      next === undefined ? undefined : [(next[0] - from[0]) / change, (next[1] - from[1]) / change];
    const straight = turned !== undefined && turned[0] * heading[0] + turned[1] * heading[1] > STRAIGHT;
    if (!straight || !(Math.abs(Math.log(rate / point.learningRate)) < LARGEST_CHANGE)) {
      step /= 2;
      continue;
    }
    count++;
    const before = point;
    place = next!;
    curve.refer(rate);
    direction = turned;
    const reached: BranchPoint = pointAt(place, (f) => {
      const at = (distance: number): BranchPoint => {
        if (distance === 0) return before;
        const found =
          distance === length ? undefined : corrected(along(from, heading, distance), heading, length);
        return found === undefined ? reached : pointAt(found, () => before);
      };
      return at(bracketedRoot((distance) => f(at(distance)), 0, length, PLACED * length));
    });
    point = reached;
    yield point;
    if (Math.abs(place[0] - begin[0]) > FARTHEST_SCALE) return true;
    step = Math.min(1.5 * step, LONGEST_STEP);
  }
  return false;
}
