import { compareDecomposition, compareDecompositionAsync } from '../../lib/comparison/batch-decomposition.js';
import { publishedGammaDecay, restingGamma } from '../../lib/comparison/published-decay.js';
import { decayReadings } from '../../lib/comparison/decay-readings.js';
import { gammaDecayAtFixedPoint } from '../../lib/regularization/decay-from-state.js';
import { fitPowerLaw } from '../../lib/numerics/power-law.js';
import { batchNormalization } from '../../lib/dynamics/rules/batch-normalization.js';
import { populationNormalization } from '../../lib/dynamics/rules/population-normalization.js';
import { bracketedRoot } from '../../lib/numerics/root-finding.js';
import { batchQuadrature } from '../../lib/gaussian/batch/quadrature.js';
import { defineActivation } from '../../lib/gaussian/activations/custom.js';
import { erf } from '../../lib/gaussian/activations/erf.js';
import { meanDeviation, meanInverseDeviation } from '../../lib/gaussian/batch/moments.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { leakyRelu } from '../../lib/gaussian/activations/leaky-relu.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { solve } from '../../lib/trajectory/solve.js';

const initial = { gamma: 0.5, overlap: 0.1, length: 1 };

function exactGamma(activation: typeof relu, batchSize: number, overlap: number): number {
  return restingGamma(batchNormalization({ activation, learningRate: 1, batchSize }), overlap);
}

describe('the gamma at which a model rests', () => {
  const cubic = defineActivation({ name: 'cubic', value: (z) => z ** 3, derivative: (z) => 3 * z * z });

  it.each([
    [4, 1],
    [8, 0.6],
  ])(
    'of exact batch normalization with g = z³ is the ratio of sixth moments, M = %p, R = %p',
    (m, overlap) => {
      // A ∝ γ²(E[u³v̂³] − γ³E[v̂⁶]), u = R(μ + s v̂) + √(1 − R²) z. In M − 1 = n dimensions E[v̂⁴]/E[v̂⁶] = (n + 4)/(5n), and
      // E[s³] = E[s] (n + 1)/M.
      const n = m - 1;
      const ratio = (n + 4) / (5 * n);
      const aligned = (n + 1) / m + (3 / m) * ratio;
      const cube = meanDeviation(m) * (overlap ** 3 * aligned + 3 * overlap * (1 - overlap ** 2) * ratio);
      // Quadrature to 1e-7 of its terms.
      expect(Math.abs(exactGamma(cubic, m, overlap) / Math.cbrt(cube) - 1)).toBeLessThan(1e-7);
    },
  );

  it('is the zero that attracts where decay makes γ = 0 attract too: 45γ²(1 − γ³) = ζγ for g = z³', () => {
    const gammaDecay = 3;
    const rule = populationNormalization({ activation: cubic, learningRate: 1, gammaDecay });
    const gamma = restingGamma(rule, 1);
    expect(gamma).toBeGreaterThan(0.9);
    // Quadrature to 1e-9, the slope of the drift there being 130.
    expect(Math.abs(45 * gamma * (1 - gamma ** 3) - gammaDecay)).toBeLessThan(1e-6);
  });

  it('is refused in words where there is none: decay beyond the largest pull of z³, 45·max γ(1 − γ³) = 21.3', () => {
    const rule = populationNormalization({
      activation: cubic,
      learningRate: 1,
      batchSize: 2,
      gammaDecay: 22,
    });
    expect(() => restingGamma(rule, 1)).toThrow(
      new RangeError(
        '`overlap` must be one at which gamma of population-normalization with batchSize 2 comes to rest between 0 and 10; got 1',
      ),
    );
  });
});

describe('a comparison in turns', () => {
  const options = { activation: relu, batchSizes: [8, 16, 32], learningRate: 0.5, initial, until: 2 };

  it('gives the same, with progress that rises', async () => {
    const fractions: number[] = [];
    const found = await compareDecompositionAsync(options, {
      onProgress: (fraction) => fractions.push(fraction),
    });
    const expected = compareDecomposition(options);
    expect(found).toEqual(expected);
    expect(fractions.length).toBeGreaterThan(20);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
  });

  it.each([
    ['among fixed points', 0.5, [8]],
    ['within the last trajectory', 0.95, [8, 16]],
  ])('keeps the batch sizes that were complete when the signal came, %s', async (_, done, complete) => {
    const controller = new AbortController();
    const found = await compareDecompositionAsync(options, {
      signal: controller.signal,
      onProgress: (fraction) => {
        if (fraction > done) controller.abort();
      },
    });
    expect(found.outcome).toBe('aborted');
    expect(found.points).toEqual(compareDecomposition({ ...options, batchSizes: complete }).points);
  });
});

describe('published gamma decay against exact batch normalization', () => {
  it('is 3/(4M) for the linear unit and 3/(8M) for ReLU', () => {
    expect(publishedGammaDecay(identity, 8)).toBe(3 / 32);
    expect(publishedGammaDecay(relu, 8)).toBe(3 / 64);
    expect(publishedGammaDecay(leakyRelu(-1), 8)).toBe(3 / 32);
  });

  it('is that of the fixed point for erf, where g′² and g′²v² average to powers of 1 + 2γ²', () => {
    // At large M γ → 1; corrections are of relative order 1/M.
    const m = 1e6;
    const limit = (2 / Math.PI) * (3 ** -1.5 / 4 + 3 ** -0.5 / 2);
    expect(Math.abs((m * publishedGammaDecay(erf, m)) / limit - 1)).toBeLessThan(1e-5);
  });

  it('gives γ₀ of the linear unit to O(1/M²): M²(exact − published) → −25/32', () => {
    // E[s] = 1 − 3/(4M) − 7/(32M²) + …, 1/(1 + 3/(4M)) = 1 − 3/(4M) + 9/(16M²) − …: −7/32 − 18/32. Next order 1/M.
    const m = 4096;
    expect(m * m * (exactGamma(identity, m, 1) - 1 / (1 + 3 / (4 * m)))).toBeCloseTo(-25 / 32, 3);
  });

  it('gives γ₀ of ReLU at R = 1 only to O(M^(−3/2)), because of the kink', () => {
    const sizes = [2048, 4096, 8192, 16384, 32768];
    const gaps = sizes.map((m) => exactGamma(relu, m, 1) - 1 / (1 + 3 / (4 * m)));
    const law = fitPowerLaw(sizes, gaps)!;
    // Corrections of relative order 1/√M = 2 % to 0.5 % bend the fitted power by less than this.
    expect(Math.abs(law.power + 1.5)).toBeLessThan(0.05);
  });

  it('misses the coefficient of 1/M for ReLU away from R = 1: 0.5996 where the published form has 0.6822', () => {
    // γ at M = ∞ is 2E[θθuv] at R = 0.9, the orthant moment.
    const phi = Math.acos(0.9);
    const limit = (Math.sin(phi) + (Math.PI - phi) * 0.9) / Math.PI;
    const m = 16384;
    // Corrections are of relative order 1/M; the table is accurate to 1e-9, times M.
    expect(m * (limit - exactGamma(relu, m, 0.9))).toBeCloseTo(0.5996, 3);
    expect(0.75 * limit).toBeCloseTo(0.6822, 4);
  });

  it.each([0.1, 0.5, 0.9])(
    'misses it by sin φ (1 + sin²φ)/2π at R = %p (docs/theory/regularization.md#the-scale-at-rest-to-first-order)',
    (overlap) => {
      const phi = Math.acos(overlap);
      const limit = (Math.sin(phi) + (Math.PI - phi) * overlap) / Math.PI;
      const missed = (Math.sin(phi) * (1 + Math.sin(phi) ** 2)) / (2 * Math.PI);
      const m = 16384;
      // As above.
      expect(m * (limit - exactGamma(relu, m, overlap))).toBeCloseTo(0.75 * limit - missed, 3);
    },
  );

  it('misses the coefficient of 1/M for erf even at R = 1: 3/2 where the published form has 7/4', () => {
    // docs/theory/regularization.md#the-scale-at-rest-to-first-order: M(1 − γ₀) → ¾ − ½E[g′g″(v + v³/2)]/E[g′²v²], and
    // g″ = −v g′ makes g′² a normal law of variance ⅓, so ¾ + ½(1 + ½). Published: Mζ/E[g′²v²] = ¼ + ½E[g′²]/E[g′²v²] = ¼ + 3/2.
    const m = 4096;
    const { write } = batchQuadrature(erf, m);
    const averages = new Float64Array(4);
    const pull = (gamma: number): number => {
      write(gamma, 0, averages);
      return averages[0];
    };
    const exact = bracketedRoot(pull, 0.99, 1);
    const published = gammaDecayAtFixedPoint({ activation: erf, batchSize: m }).gamma;
    // Corrections are of relative order 1/M = 2e-4 times numbers of order ten.
    expect(Math.abs(m * (1 - exact) - 1.5)).toBeLessThan(5e-3);
    expect(Math.abs(m * (1 - published) - 1.75)).toBeLessThan(5e-3);
  });

  it('approaches the exact trajectories and error curves like 1/M', () => {
    for (const activation of [identity, relu]) {
      const { powers } = compareDecomposition({
        activation,
        batchSizes: [64, 128, 256, 512],
        learningRate: 0.5,
        noiseVariance: 0.25,
        initial,
        until: 40,
      });
      // Corrections of relative order 1/√M.
      expect(Math.abs(powers.overlapGap!.power + 1)).toBeLessThan(0.05);
      expect(Math.abs(powers.errorGap!.power + 1)).toBeLessThan(0.05);
    }
  });

  it('overestimates the maximum learning rate by a number that does not vanish with M, for the linear unit', () => {
    const { points } = compareDecomposition({
      activation: identity,
      batchSizes: [1024],
      learningRate: 0.5,
      initial,
      until: 1,
    });
    // 2(M−3)E[1/s] = 2M − 7/2 + O(1/M) against 2M(1 + 3/(4M)) + O(1/M) = 2M + 3/2.
    expect(points[0].maximumGap).toBeCloseTo(-5, 1);
  });
});

describe('the gaps of the linear unit at M = 8', () => {
  const [m, until, learningRate] = [8, 10, 0.5];
  const [point] = compareDecomposition({
    activation: identity,
    batchSizes: [m],
    learningRate,
    noiseVariance: 0,
    initial,
    until,
  }).points;
  const gamma = 1 / (1 + 3 / (4 * m));

  it('in γ₀ are E[s] − 1/(1 + ζ), and R times that away from R = 1', () => {
    const gap = meanDeviation(m) - gamma;
    // The root finder's 1e-12.
    expect(point.gammaGap).toBeCloseTo(gap, 11);
    expect(point.gammaGapAway).toBeCloseTo(0.9 * gap, 11);
  });

  it('in the effective maximum are between 2(M − 3)E[1/s] and 4M/(2γ₀ − (1 − γ₀)²)', () => {
    const expected = 2 * (m - 3) * meanInverseDeviation(m) - (4 * m) / (2 * gamma - (1 - gamma) ** 2);
    expect(point.maximumGap).toBeCloseTo(expected, 8);
  });

  it('in overlap and error are the largest between the trajectories', () => {
    const times = Array.from({ length: 201 }, (_, i) => (until * i) / 200);
    const common = { activation: identity, batchSize: m, learningRate };
    const runs = [
      batchNormalization(common),
      populationNormalization({ ...common, gammaDecay: 3 / (4 * m) }),
    ].map((rule) => solve({ rule, initial, times }));
    for (const [name, gap] of [
      ['overlap', point.overlapGap],
      ['generalizationError', point.errorGap],
    ] as const) {
      const [exact, decomposed] = runs.map((run) => run.series(name));
      const largest = Math.max(...exact.map((value, i) => Math.abs(value - decomposed[i])));
      // The solver's 1e-10 a step.
      expect(Math.abs(gap - largest)).toBeLessThan(1e-8);
    }
  });
});

describe('the four readings of gamma decay', () => {
  it('part at order 1/M: ¾, ¾, 3/2, 11/4', () => {
    const m = 1e5;
    const { exact, published, literal, independent, deviation } = decayReadings(m);
    const readings = [exact, published, literal, independent, deviation];
    const coefficients = readings.map((gamma) => m * (1 - gamma));
    [0.75, 0.75, 1.5, 2.75, 0.75].forEach((expected, i) => {
      // The next order is 1/M times numbers of order ten.
      expect(Math.abs(coefficients[i] - expected)).toBeLessThan(2e-4);
    });
  });
});

describe('models that diverge', () => {
  it('are said to, and keep what does not depend on their trajectories', () => {
    // The length grows as √(ηγ)(2Ct)^¼ and so anneals its own rate: only so large an η takes it past the bound of 1e6.
    const fast = { activation: identity, batchSizes: [8], learningRate: 1e15, initial, until: 40 };
    const slow = { ...fast, learningRate: 0.5 };
    const [diverged, learned] = [fast, slow].map((options) => compareDecomposition(options).points[0]);
    expect(diverged.exact.outcome).not.toBe('reached-end');
    expect(diverged.exact.trajectory.gamma.at(-1)).toBeNaN();
    expect([diverged.overlapGap, diverged.errorGap]).toEqual([NaN, NaN]);
    expect(learned.exact.outcome).toBe('reached-end');
    expect(diverged.gammaGap).toBeCloseTo(learned.gammaGap, 12);
  });
});

describe('fitPowerLaw', () => {
  it('recovers a power law exactly and leaves out points that are zero', () => {
    const law = fitPowerLaw([1, 2, 4, 8, 16], [3, -3 / 8, 3 / 64, 0, 3 / 4096])!;
    expect(law.power).toBeCloseTo(-3, 12);
    expect(law.amplitude).toBeCloseTo(3, 12);
    expect(law.standardError).toBeLessThan(1e-12);
  });

  it('gives the standard error of least squares', () => {
    // Residuals (e, −2e, e) about a line on u = −1, 0, 1: slope 0, variance 6e²/1/2.
    const law = fitPowerLaw([1 / Math.E, 1, Math.E], [Math.exp(0.1), Math.exp(-0.2), Math.exp(0.1)])!;
    expect(law.power).toBeCloseTo(0, 12);
    expect(law.standardError).toBeCloseTo(Math.sqrt(0.06 / 2), 12);
  });

  it('needs three points at different places', () => {
    expect(fitPowerLaw([1, 2], [1, 2])).toBeUndefined();
    expect(fitPowerLaw([2, 2, 2], [1, 2, 3])).toBeUndefined();
  });
});

describe('arguments of the comparison', () => {
  it.each([
    [{ batchSizes: [] }, '`batchSizes` must be a list with at least one batch size'],
    [{ batchSizes: [8, 3] }, '`batchSizes[1]` must be an integer >= 4; got 3'],
    [{ learningRate: 0 }, '`learningRate` must be a finite number > 0; got 0'],
    [{ until: 0 }, '`until` must be a finite number > 0; got 0'],
    [{ noiseVariance: -1 }, '`noiseVariance` must be a finite number >= 0; got -1'],
  ])('%p are refused by name', (change, message) => {
    const options = { activation: identity, batchSizes: [8], learningRate: 0.5, initial, until: 1 };
    expect(() => compareDecomposition({ ...options, ...change })).toThrow(message);
  });
});
