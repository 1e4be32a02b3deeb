import { normalDistribution } from '../../lib/numerics/special-functions.js';
import { gaussLegendre } from '../../lib/numerics/gauss-legendre.js';
import {
  conditionOnZero,
  cubeProduct,
  first3,
  fourth3,
  fourth4,
  probability3,
  probability4,
  productOnly,
  second3,
  second4,
  squareOnly,
  squareSquare,
  third3,
} from '../../lib/gaussian/orthant-moments.js';

// Components x_i = d_i(l_i z + √(1 − l_i²) ε_i) that share one normal number z: given z they are independent, so that any
// product moment over an orthant is one integral over z of moments of single normal numbers.
const loadings = [0.8, -0.45, 0.6, -0.3];
const deviations = [1.3, 0.7, 0.4, 1.1];

const density = (x: number): number => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);

/** E[(x⁺)^power] of a normal number of given mean and deviation. */
function truncated(mean: number, deviation: number, power: number): number {
  const t = mean / deviation;
  const zeroth = normalDistribution(t);
  if (power === 0) return zeroth;
  const first = mean * zeroth + deviation * density(t);
  return power === 1 ? first : mean * first + deviation * deviation * zeroth;
}

const { nodes, weights } = gaussLegendre(200);

/** E[∏(x_i⁺)^powers[i]] over the components with powers; the 0th power is the step. */
function expected(powers: readonly number[], ...which: readonly number[]): number {
  let sum = 0;
  nodes.forEach((node, k) => {
    const z = 9 * node;
    let product = 9 * weights[k] * density(z);
    which.forEach((i, at) => {
      const [l, d] = [loadings[i], deviations[i]];
      product *= truncated(d * l * z, d * Math.sqrt(1 - l * l), powers[at]);
    });
    sum += product;
  });
  return sum;
}

function covariance(...which: readonly number[]): Float64Array {
  return Float64Array.from(
    which.flatMap((i) =>
      which.map((j) => deviations[i] * deviations[j] * (i === j ? 1 : loadings[i] * loadings[j])),
    ),
  );
}

// The integrands are entire and fall off like exp(−z²/2): 200 nodes on [−9, 9] leave rounding.
const ROUNDING = 1e-14;

describe('moments of three components over an orthant', () => {
  it.each([
    [0, 1, 2],
    [1, 2, 3],
    [3, 0, 2],
  ])('agree with one integral over the number that components %p, %p and %p share', (...which) => {
    const c = covariance(...which);
    expect(Math.abs(probability3(c) - expected([0, 0, 0], ...which))).toBeLessThan(ROUNDING);
    expect(Math.abs(third3(c) - expected([1, 1, 1], ...which))).toBeLessThan(ROUNDING);
    for (const at of [0, 1, 2]) {
      const [one, others, square] = [
        [0, 0, 0],
        [1, 1, 1],
        [1, 1, 1],
      ];
      one[at] = 1;
      others[at] = 0;
      square[at] = 2;
      expect(Math.abs(first3(c, at) - expected(one, ...which))).toBeLessThan(ROUNDING);
      expect(Math.abs(second3(c, at) - expected(others, ...which))).toBeLessThan(ROUNDING);
      expect(Math.abs(fourth3(c, at) - expected(square, ...which))).toBeLessThan(ROUNDING);
    }
  });
});

describe('moments of four components over an orthant', () => {
  it.each([
    [0, 1, 2, 3],
    [2, 0, 3, 1],
    [3, 1, 2, 0],
  ])('agree with one integral over the number that they share, in order %p, %p, %p, %p', (...which) => {
    const c = covariance(...which);
    const probability = probability4(c, gaussLegendre(48));
    // 48 nodes leave rounding at correlations below one half.
    expect(Math.abs(probability - expected([0, 0, 0, 0], ...which))).toBeLessThan(1e-13);
    expect(Math.abs(fourth4(c, probability) - expected([1, 1, 1, 1], ...which))).toBeLessThan(1e-13);
    for (const [x, y] of [
      [0, 1],
      [1, 3],
      [2, 3],
      [3, 0],
    ]) {
      const powers = [0, 0, 0, 0];
      powers[x] = 1;
      powers[y] = 1;
      expect(Math.abs(second4(c, x, y, probability) - expected(powers, ...which))).toBeLessThan(1e-13);
    }
  });

  it('are finite where two components are equal, and then those of three', () => {
    const three = covariance(0, 1, 2);
    const equal = Float64Array.from({ length: 16 }, (_, k) => {
      const [i, j] = [Math.min(k >> 2, 2), Math.min(k & 3, 2)];
      return three[3 * i + j];
    });
    // The integrand has an end like a square root there, which the substitution takes away.
    expect(Math.abs(probability4(equal, gaussLegendre(96)) - probability3(three))).toBeLessThan(1e-9);
  });
});

describe('conditioning on a component that is zero', () => {
  it('leaves what regression on it leaves', () => {
    const c = covariance(0, 1, 2, 3);
    const left = new Float64Array(9);
    conditionOnZero(c, 4, 1, left);
    const others = [0, 2, 3];
    others.forEach((i, a) => {
      others.forEach((j, b) => {
        const residual = c[4 * i + j] - (c[4 * i + 1] * c[4 * j + 1]) / c[5];
        expect(Math.abs(left[3 * a + b] - residual)).toBeLessThan(1e-16);
      });
    });
  });
});

describe('moments of two unit components over a quadrant', () => {
  /** E[θ(x) x^power (y⁺)^other], y = cos φ x + sin φ ε. */
  function byIntegral(phi: number, power: number, other: number): number {
    let sum = 0;
    nodes.forEach((node, k) => {
      const x = 5 * (1 + node);
      sum += 5 * weights[k] * density(x) * x ** power * truncated(Math.cos(phi) * x, Math.sin(phi), other);
    });
    return sum;
  }

  it.each([0.2, 0.9, 1.6, 2.4, 3])('agree with an integral over one of them at φ = %p', (phi) => {
    // Rounding of numbers up to 3; normal numbers beyond 10 weigh 1e-23.
    expect(Math.abs(squareSquare(phi) - byIntegral(phi, 2, 2))).toBeLessThan(1e-13);
    expect(Math.abs(cubeProduct(phi) - byIntegral(phi, 3, 1))).toBeLessThan(1e-13);
    expect(Math.abs(squareOnly(phi) - byIntegral(phi, 2, 0))).toBeLessThan(1e-13);
    expect(Math.abs(productOnly(phi) - byIntegral(phi, 1, 1))).toBeLessThan(1e-13);
  });
});
