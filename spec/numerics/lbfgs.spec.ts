import { withoutRest } from '../../lib/foundation/turns.js';
import { randomStream } from '../../lib/random/random-stream.js';
import { nextNormal } from '../../lib/random/normal-deviates.js';
import { erf } from '../../lib/gaussian/activations/erf.js';
import { leakyRelu } from '../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { minimize, type Minimization, type Objective } from '../../lib/numerics/lbfgs.js';
import { roundedLoss } from '../../lib/training/kinked-loss.js';
import { studentLoss } from '../../lib/training/student-loss.js';
import { drawTrainingSet, labelsOf } from '../../lib/simulation/training-set.js';

function runOf(objective: Objective, x: Float64Array, tolerance: number, count = 2000): Minimization {
  return withoutRest(minimize(objective, x, tolerance, count));
}

/** The largest difference between a gradient and central differences of the value. */
function gradientError(objective: Objective, x: Float64Array, h: number): number {
  const gradient = new Float64Array(x.length);
  const ignored = new Float64Array(x.length);
  objective(x, gradient);
  const errors = gradient.map((slope, k) => {
    const shifted = (sign: number): number => objective(x.with(k, x[k] + sign * h), ignored);
    return Math.abs((shifted(1) - shifted(-1)) / (2 * h) - slope);
  });
  return Math.max(...errors);
}

describe('L-BFGS', () => {
  it('finds the minimum of a narrow valley', () => {
    const rosenbrock: Objective = (x, gradient) => {
      const [a, b] = [1 - x[0], x[1] - x[0] * x[0]];
      gradient[0] = -2 * a - 400 * x[0] * b;
      gradient[1] = 200 * b;
      return a * a + 100 * b * b;
    };
    const x = Float64Array.of(-1.2, 1);
    const { converged, gradientNorm, iterations } = runOf(rosenbrock, x, 1e-9);
    expect(converged).toBe(true);
    expect(gradientNorm).toBeLessThanOrEqual(1e-9);
    expect(iterations).toBeLessThan(100);
    // The smallest curvature is 0.4: x is known to 1e-9/0.4.
    expect(Math.hypot(x[0] - 1, x[1] - 1)).toBeLessThan(2.5e-9);
  });

  it('solves a quadratic of condition 1e4 down to rounding of the gradient', () => {
    const curvatures = Float64Array.from({ length: 40 }, (_, k) => 10 ** ((4 * k) / 39));
    const quadratic: Objective = (x, gradient) => {
      let value = 0;
      curvatures.forEach((c, k) => {
        gradient[k] = c * (x[k] - 1);
        value += (c * (x[k] - 1) ** 2) / 2;
      });
      return 5 + value;
    };
    const { converged, value } = runOf(quadratic, new Float64Array(40), 1e-8);
    expect(converged).toBe(true);
    expect(value).toBeCloseTo(5, 14);
  });

  it('tries the gradient where a line search finds nothing', () => {
    let unknown = 0;
    const bowl: Objective = (x, gradient) => {
      gradient[0] = 2 * x[0];
      gradient[1] = 20 * x[1];
      return unknown-- > 0 ? NaN : x[0] ** 2 + 10 * x[1] ** 2;
    };
    const x = Float64Array.of(3, 1);
    const minimization = minimize(bowl, x, 1e-9, 100);
    minimization.next();
    // As many values as one line search asks for.
    unknown = 60;
    let turn = minimization.next();
    while (!turn.done) turn = minimization.next();
    expect(turn.value.converged).toBe(true);
    expect(Math.hypot(...x)).toBeLessThan(1e-9);
  });

  it('says so where it stops above the tolerance', () => {
    const kinked: Objective = (x, gradient) => {
      gradient[0] = x[0] > 0 ? 1 : -2;
      return x[0] > 0 ? x[0] : -2 * x[0];
    };
    const x = Float64Array.of(3);
    expect(runOf(kinked, x, 1e-8).converged).toBe(false);
    expect(Math.abs(x[0])).toBeLessThan(1e-8);
    const slow: Objective = (y, gradient) => {
      gradient[0] = 4 * y[0] ** 3;
      return y[0] ** 4;
    };
    expect(runOf(slow, Float64Array.of(0.9), 1e-12, 3)).toMatchObject({ converged: false, iterations: 3 });
  });
});

describe('the loss and its gradient', () => {
  const stream = randomStream(8);
  const set = drawTrainingSet(50, 20, 0.3, stream);
  const weights = Float64Array.from({ length: 20 }, () => nextNormal(stream) / 4);

  it('is half of the mean square of the errors, and of ζγ²', () => {
    const labels = labelsOf(set, relu.value);
    const errors = Array.from(labels, (label, i) => {
      const field = weights.reduce((sum, weight, k) => sum + weight * set.inputs[20 * i + k], 0);
      return label - Math.max(field, 0);
    });
    const squares = errors.reduce((sum, error) => sum + error ** 2, 0);
    const norm = Math.hypot(...weights);
    const found = studentLoss(set, labels, relu, 0.2)(weights, new Float64Array(20));
    expect(found).toBeCloseTo((squares / 50 + 0.2 * norm ** 2) / 2, 13);
  });

  it.each([erf, relu, leakyRelu(0.2)])('is that of its value for $name', (activation) => {
    const objective = studentLoss(set, labelsOf(set, activation.value), activation, 0.2);
    // Differences over 1e-6 cross no kink here; truncation 1e-12, rounding 1e-16/1e-6.
    expect(gradientError(objective, weights, 1e-6)).toBeLessThan(2e-9);
  });

  it.each([relu, leakyRelu(0.2)])('is that of its value with convex kinks rounded, $name', (activation) => {
    const labels = labelsOf(set, activation.value);
    const rounded = roundedLoss(set, labels, activation.slopes!, 0.2);
    expect(gradientError(rounded.objective, weights, 1e-6)).toBeLessThan(2e-9);
    // With forces, too, and then the value differs.
    const before = rounded.objective(weights, new Float64Array(20));
    rounded.update(weights);
    expect(rounded.forces.some((force) => force !== 0)).toBe(true);
    expect(gradientError(rounded.objective, weights, 1e-6)).toBeLessThan(2e-9);
    expect(rounded.objective(weights, new Float64Array(20))).not.toBe(before);
  });
});

describe('the loss with convex kinks rounded', () => {
  /** Its value for one sample of input 1 and field h, forces taken at the field h₀. */
  function roundedAt(label: number, slopes: readonly [number, number], h0: number, h: number): number {
    const [inputs, teacher, noise] = [[1], [0], [0]].map((values) => Float64Array.from(values));
    const single = { sampleCount: 1, dimension: 1, inputs, teacher, noise };
    const rounded = roundedLoss(single, Float64Array.of(label), slopes, 0);
    rounded.update(Float64Array.of(h0));
    return rounded.objective(Float64Array.of(h), new Float64Array(1));
  }

  it.each([
    [-0.7, [1, 0]],
    [-0.7, [1, 0.3]],
    [0.4, [1, 2]],
  ] as const)('is the Moreau envelope of width 0.1 at t = %p, slopes %p', (label, [a, b]) => {
    const width = 0.1;
    const sample = (z: number): number => (label - (z > 0 ? a : b) * z) ** 2 / 2;
    /** Smallest value on a grid, and where. */
    const envelope = (y: number): [number, number] => {
      let best: [number, number] = [Infinity, NaN];
      for (let k = -20_000; k <= 20_000; k++) {
        const z = k / 10_000;
        const value = sample(z) + (z - y) ** 2 / (2 * width);
        if (value < best[0]) best = [value, z];
      }
      return best;
    };
    for (const h0 of [-0.2, 0.03, 0.3]) {
      // The slope of the envelope without forces becomes the force.
      const force = (h0 - envelope(h0)[1]) / width;
      for (const h of [-0.5, -0.06, 0.01, 0.05, 0.4]) {
        // The grid's 1e-4/2 squared times the curvature of 11; forces to 1e-4/2/width times slopes of the order of V.
        expect(Math.abs(roundedAt(label, [a, b], h0, h) - envelope(h + width * force)[0])).toBeLessThan(2e-4);
      }
    }
  });

  it('is the loss itself where the kink is concave', () => {
    for (const h of [-0.3, 0.01, 0.5]) {
      expect(roundedAt(0.7, [1, 0], 0.1, h)).toBe((0.7 - Math.max(h, 0)) ** 2 / 2);
    }
  });
});
