import { normOf } from './vectors.js';

/** A function to minimize: returns its value at x and writes its gradient. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

/** Where a minimization ended. */
export interface Minimization {
  readonly value: number;
  readonly gradientNorm: number;
  /** Whether the gradient came down to the tolerance. */
  readonly converged: boolean;
  readonly iterations: number;
}

const MEMORY = 12;
// Weak Wolfe conditions: enough decrease, and a slope that has become flatter.
const DECREASE = 1e-4;
const FLATTER = 0.9;
// Differences of values below this fraction of them are rounding; there, the slope decides.
const ROUNDING = 1e-14;
const LINE_STEPS = 60;

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
};

/** The last steps s = Δx and y = Δ∇, and the two-loop recursion over them (Nocedal, Math. Comp. 35, 773 (1980)). */
function curvatureMemory(dimension: number): {
  remember(step: Float64Array, change: Float64Array): void;
  writeDirection(gradient: Float64Array, out: Float64Array): void;
  forget(): void;
} {
  const steps = Array.from({ length: MEMORY }, () => new Float64Array(dimension));
  const changes = Array.from({ length: MEMORY }, () => new Float64Array(dimension));
  const curvatures = new Float64Array(MEMORY);
  const coefficients = new Float64Array(MEMORY);
  let next = 0;
  let count = 0;

  function remember(step: Float64Array, change: Float64Array): void {
    const curvature = dot(step, change);
    // A loss with concave kinks can curve the wrong way: such a step says nothing of a minimum.
    if (!(curvature > 1e-12 * normOf(step) * normOf(change))) return;
    steps[next]!.set(step);
    changes[next]!.set(change);
    curvatures[next] = curvature;
    next = (next + 1) % MEMORY;
    count = Math.min(MEMORY, count + 1);
  }

  function addTo(out: Float64Array, vector: Float64Array, scale: number): void {
    for (let k = 0; k < dimension; k++) out[k] = out[k]! + scale * vector[k]!;
  }

  function writeDirection(gradient: Float64Array, out: Float64Array): void {
    for (let k = 0; k < dimension; k++) out[k] = -gradient[k]!;
    for (let back = 1; back <= count; back++) {
      const at = (next - back + MEMORY) % MEMORY;
      coefficients[at] = dot(steps[at]!, out) / curvatures[at]!;
      addTo(out, changes[at]!, -coefficients[at]);
    }
    if (count > 0) {
      const last = (next - 1 + MEMORY) % MEMORY;
      const scale = curvatures[last]! / dot(changes[last]!, changes[last]!);
      for (let k = 0; k < dimension; k++) out[k] = scale * out[k]!;
    }
    for (let back = count; back >= 1; back--) {
      const at = (next - back + MEMORY) % MEMORY;
      addTo(out, steps[at]!, coefficients[at]! - dot(changes[at]!, out) / curvatures[at]!);
    }
  }

  return { remember, writeDirection, forget: () => (count = 0) };
}

/**
 * Minimizes a function from x, which ends at the minimum found: limited-memory BFGS with a line search by bisection and
 * doubling that keeps to the weak Wolfe conditions and so works across kinks (Lewis & Overton, Math. Program. 141, 135
 * (2013)). Yields after every iteration, so that callers can rest. No iteration allocates.
 *
 * @param tolerance norm of the gradient at which to stop
 */
export function* minimize(
  objective: Objective,
  x: Float64Array,
  tolerance: number,
  largestCount: number,
): Generator<void, Minimization> {
  const memory = curvatureMemory(x.length);
  const gradient = new Float64Array(x.length);
  const direction = new Float64Array(x.length);
  const trial = new Float64Array(x.length);
  const trialGradient = new Float64Array(x.length);
  let value = objective(x, gradient);

  /** Moves the trial point along the direction until it satisfies the conditions; its value, or NaN. */
  function search(slope: number): number {
    let [low, high, size] = [0, Infinity, 1];
    for (let count = 0; count < LINE_STEPS; count++) {
      for (let k = 0; k < x.length; k++) trial[k] = x[k]! + size * direction[k]!;
      const trialValue = objective(trial, trialGradient);
      const trialSlope = dot(direction, trialGradient);
      const lower =
        trialValue <= value + DECREASE * size * slope ||
        (trialValue <= value + ROUNDING * Math.abs(value) && Math.abs(trialSlope) <= -FLATTER * slope);
      if (!lower) high = size;
      else if (trialSlope < FLATTER * slope) low = size;
      else return trialValue;
      size = high === Infinity ? 2 * low : (low + high) / 2;
    }
    return NaN;
  }

  for (let iterations = 0; ; iterations++) {
    const gradientNorm = normOf(gradient);
    const converged = gradientNorm <= tolerance;
    if (converged || iterations >= largestCount) return { value, gradientNorm, converged, iterations };
    memory.writeDirection(gradient, direction);
    let next = search(dot(direction, gradient));
    if (Number.isNaN(next)) {
      // Once more along the gradient; where that fails, too, the point is as low as its neighbourhood.
      memory.forget();
      memory.writeDirection(gradient, direction);
      next = search(dot(direction, gradient));
      if (Number.isNaN(next)) return { value, gradientNorm, converged, iterations };
    }
    value = next;
    for (let k = 0; k < x.length; k++) {
      direction[k] = trial[k]! - x[k]!;
      gradient[k] = trialGradient[k]! - gradient[k]!;
    }
    memory.remember(direction, gradient);
    x.set(trial);
    gradient.set(trialGradient);
    yield;
  }
}
