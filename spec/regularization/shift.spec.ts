import { executeConfig } from '../../lib/commands/execute-config.js';
import { defineActivation } from '../../lib/gaussian/activations/custom.js';
import { erf } from '../../lib/gaussian/activations/erf.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { relu } from '../../lib/gaussian/activations/relu.js';
import { softplus } from '../../lib/gaussian/activations/softplus.js';
import { fillNormal } from '../../lib/random/normal-deviates.js';
import { randomStream } from '../../lib/random/random-stream.js';
import { normalDensity as density } from '../../lib/numerics/normal.js';
import { gammaDecayFromData } from '../../lib/regularization/decay-from-data.js';
import { gammaDecayAtFixedPoint, gammaDecayFromState } from '../../lib/regularization/decay-from-state.js';

const M = 8;

/** Averages over a normal number by an equally spaced sum, exact to rounding for analytic functions at steps of 1/16. */
function mean(f: (z: number) => number): number {
  let sum = 0;
  for (let k = -160; k <= 160; k++) sum += (f(k / 16) * Math.exp(-((k / 16) ** 2) / 2)) / 16;
  return sum / Math.sqrt(2 * Math.PI);
}

/** Φ(x). */
const below = (x: number): number => (1 + erf.value(x)) / 2;

describe('ζ of a unit whose pre-activation is γh̄ + β', () => {
  it('has the gate of μ_B’s part as reported, sig(γh̄ + β), beside sig(h̄)', () => {
    for (const [gamma, shift] of [
      [0.7, 0.4],
      [2, -1],
    ]) {
      const decay = gammaDecayFromState({ activation: relu, batchSize: M, gamma, shift });
      expect(2 * M * decay.fromMean).toBeCloseTo(0.5, 9);
      const expected = mean((v) => 1 / (1 + Math.exp(-gamma * v - shift)));
      expect(Math.abs(2 * M * decay.fromMeanReported - expected)).toBeLessThan(1e-9);
      // The gate itself: I(γ) = E[θ(γv + β)v²] = Φ(x) − x φ(x) at x = β/γ.
      const x = shift / gamma;
      const gated = below(x) - x * density(x);
      expect(Math.abs(decay.modelInformation - gated)).toBeLessThan(1e-9);
    }
  });

  it('has the same from both at β = 0, whatever γ, over a symmetric field', () => {
    for (const gamma of [0.1, 1, 5]) {
      const { fromMean, fromMeanReported } = gammaDecayFromState({ activation: relu, batchSize: M, gamma });
      expect(Math.abs(fromMeanReported - fromMean)).toBeLessThan(1e-10);
    }
  });

  it('has one part from μ_B where nothing stands for a gate', () => {
    const shift = 0.6;
    const shifted = gammaDecayFromState({ activation: softplus, batchSize: M, gamma: 0.8, shift });
    expect(shifted.fromMeanReported).toBe(shifted.fromMean);
    // The same as a unit of its own that has β in it, at another place of g.
    const moved = defineActivation({
      name: 'softplus(z + β)',
      value: (z) => softplus.value(z + shift),
      derivative: (z) => softplus.derivative(z + shift),
    });
    const own = gammaDecayFromState({
      activation: moved,
      batchSize: M,
      gamma: 0.8,
      teacherActivation: softplus,
    });
    for (const name of ['gammaDecay', 'fromMean', 'modelInformation', 'scoreInformation'] as const)
      expect(Math.abs(shifted[name]! - own[name]!)).toBeLessThan(1e-9);
  });

  it('rests where E[δv] = ζγ with β inside: for identity it moves nothing', () => {
    const plain = gammaDecayAtFixedPoint({ activation: identity, batchSize: M });
    const shifted = gammaDecayAtFixedPoint({ activation: identity, batchSize: M, shift: 0.5 });
    expect(Math.abs(shifted.gamma - plain.gamma)).toBeLessThan(1e-9);
    // ReLU over u > a = −β/γ: E[u⁺u] = ½, E[u²] = I and E[u] = φ(a) there.
    const shift = 0.2;
    const { gamma, gammaDecay } = gammaDecayAtFixedPoint({ activation: relu, batchSize: M, shift });
    const x = shift / gamma;
    const beyond = density(x);
    const square = below(x) - x * beyond;
    expect(Math.abs(gammaDecay - 1 / (4 * M) - square / (4 * M))).toBeLessThan(1e-9);
    expect(Math.abs(0.5 - gamma * square - shift * beyond - gammaDecay * gamma)).toBeLessThan(1e-9);
  });

  it('is measured on data as on their law', () => {
    const preactivations = new Float64Array(4000);
    fillNormal(randomStream(9), preactivations);
    const state = { activation: relu, batchSize: M, gamma: 0.8, shift: 0.5 };
    const measured = gammaDecayFromData({ ...state, preactivations: [...preactivations] });
    const exact = gammaDecayFromState(state);
    for (const name of ['fromMean', 'fromMeanReported', 'modelInformation', 'gammaDecay'] as const) {
      const error = measured.standardErrors[name];
      // Bootstrap errors of sums over standardized fields; four numbers at |z| < 4.5. sig(h̄) is even but for ½.
      expect(Math.abs(measured[name] - exact[name])).toBeLessThan(4.5 * error + 1e-9);
    }
  });

  it('is printed by the command', async () => {
    const { result } = await executeConfig('regularization', {
      ...{ batchSize: M, activation: 'relu', gamma: 0.7, shift: 0.4 },
    });
    const direct = gammaDecayFromState({ activation: relu, batchSize: M, gamma: 0.7, shift: 0.4 });
    expect(result.entries).toMatchObject({ fromMeanReported: direct.fromMeanReported, gamma: 0.7 });
    expect(result.config).toMatchObject({ shift: 0.4 });
  });
});
