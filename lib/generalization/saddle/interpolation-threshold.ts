import { rangeError, requireNonNegative } from '../../foundation/checks.js';
import { bracketedRoot } from '../../numerics/root-finding.js';
import { requireActivation, type Activation } from '../../gaussian/activation.js';
import { AVERAGES, Average } from '../channel.js';
import { INFINITE_V } from './saddle-equations.js';
import { rectifiedTeacher } from './noiseless-limit.js';
import { twoSlopeChannel } from '../channels/two-slope-channel.js';

// ln σ less that of the labels is looked for from −NEAR, or lower where a linear teacher has little noise, to FAR: σ grows faster than
// S, and the threshold depends on it like 1/σ in the end.
const NEAR = 2;
const FAR = 18;

/**
 * The load α below which a student without decay, ζ → 0, meets every label that it can reach: V is infinite there, and finite
 * above.
 *
 * A unit that rises on both sides of zero meets any label, and the threshold is one sample a weight; at it, γ diverges with any
 * noise. A rectifier meets no negative label, and at its threshold ν = λV falls to zero in the saddle-point equations with V
 * infinite: αE[F u′] = 0, αE[F z] = −σ, αE[F²] = σ². Without noise the threshold is 2, only half of the samples having an active
 * unit; with noise it rises from 1.166 (S → 0) to 4/3 (S → ∞), for noise makes half of the labels at u < 0 positive. A linear
 * teacher has negative labels without noise, too.
 *
 * @param activation identity, ReLU or leaky ReLU, its slopes not both zero and of one sign
 * @param noiseVariance S ≥ 0, for a teacher of T = 1; S/T² for another length
 * @param teacher one that is linear on each side of zero, too; default the same activation
 * @throws RangeError or TypeError naming an argument out of its domain
 * @example
 * interpolationThreshold(relu, 0.05); // 1.1842009991
 * interpolationThreshold(relu, 0.25, identity); // 1.46491
 */
export function interpolationThreshold(
  activation: Activation,
  noiseVariance = 0,
  teacher = activation,
): number {
  requireActivation('activation', activation);
  requireNonNegative('noiseVariance', noiseVariance);
  const { slopes } = activation;
  if (slopes === undefined || slopes[0] * slopes[1] < 0 || (slopes[0] === 0 && slopes[1] === 0))
    throw rangeError('activation', 'identity, ReLU or leaky ReLU of slopes of one sign', activation.name);
  const labels = requireActivation('teacher', teacher).slopes;
  if (labels === undefined) throw rangeError('teacher', 'linear on each side of zero', teacher.name);
  if (slopes[0] * slopes[1] !== 0) return 1;
  if (noiseVariance === 0 && rectifiedTeacher(activation, teacher) !== undefined) return 2;
  const largest = Math.max(Math.abs(labels[0]), Math.abs(labels[1])) + Math.sqrt(noiseVariance);
  const scale = largest / Math.max(Math.abs(slopes[0]), Math.abs(slopes[1]));
  const channel = twoSlopeChannel(activation, noiseVariance, 1, teacher);
  const averages = new Float64Array(AVERAGES);
  /** Leaves the averages at the μ where E[F u′] = 0; gives back E[F²] + σE[F z] over σ². */
  const excess = (logarithm: number): number => {
    const sigma = Math.exp(logarithm);
    const along = (mu: number): number => {
      channel.average(mu, sigma, INFINITE_V, averages);
      return averages[Average.alongTeacher]!;
    };
    along(bracketedRoot(along, -scale - sigma, scale + sigma));
    return averages[Average.square]! / (sigma * sigma) + averages[Average.acrossTeacher]! / sigma;
  };
  let high = Math.log(scale) - NEAR;
  while (excess(high) < 0 && high > Math.log(scale) - FAR) high--;
  while (excess(high) > 0 && high < Math.log(scale) + FAR) high++;
  const root = excess(high) > 0 ? high : bracketedRoot(excess, high - 1, high);
  excess(root);
  return -Math.exp(root) / averages[Average.acrossTeacher]!;
}
