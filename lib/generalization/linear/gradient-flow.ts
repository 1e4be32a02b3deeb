import { rangeError, typeError } from '../../foundation/checks.js';
import { elsewhere, optional } from '../../foundation/options.js';
import {
  checkedLinearTask,
  linearGeneralization,
  ridgeOf,
  type LinearGeneralization,
  type LinearTask,
} from './linear.js';
import { marchenkoPastur, spectralIntegrals, type EigenvalueFunctions } from './marchenko-pastur.js';

/** Learning stopped early. */
export interface GradientFlowOptions extends LinearTask {
  /** τ, from 0 to 1e300, or Infinity. */
  readonly time: number;
  /** ζ ≥ 0: the flow has the term −αζw too; default 0. */
  readonly gammaDecay?: number;
}

/** What the flow has learned at a time, as N → ∞; at τ = 0, where w = 0, `overlap` is its limit from τ > 0. */
export interface GradientFlowPoint extends Omit<LinearGeneralization, 'susceptibility'> {
  /** τ. */
  readonly time: number;
  /** Estimated error of the integrals behind it, relative to each; 0 where a closed form was used. */
  readonly relativeError: number;
}

const LONGEST_TIME = 1e300;
/** Once the slowest mode has decayed by e to this power, 1e-650, no double can tell the flow from its end. */
const ENDED = 1500;

/**
 * Generalization of the linear student after gradient flow ẇ = −Xᵀ(Xw − t) − αζw from w = 0 for a time τ, X the P × N matrix of
 * inputs over √N. Along an eigenvector of XᵀX with eigenvalue x, y = x + αζ, the flow has learned the share
 *
 *     xk of the teacher and √x k of the noise,  k = (1 − e^(−yτ))/y,  and left r = 1 − xk = (αζ + x e^(−yτ))/y,
 *
 * so that, averaged over the Marchenko–Pastur law (its atom at 0 included) and with ρ = T², m = ρ⟨xk⟩,
 * q = γ² = ρ⟨(xk)²⟩ + S⟨xk²⟩, ε = ρ⟨r²⟩ + S⟨xk²⟩, and the training error is ρ⟨xr²⟩/α plus S times the average of r² over
 * XXᵀ. All terms are positive: the results are good to 1e-12 relative, as far as 2τx₋ rounds no worse, and
 * `relativeError` says what the quadrature believes. At τ = Infinity it is `linearGeneralization`.
 *
 * @throws TypeError or RangeError, one line, naming an argument out of its domain
 * @example
 * gradientFlow({ load: 1, time: 1, noiseVariance: 0.1 }).generalizationError; // 0.411463
 */
export function gradientFlow(options: GradientFlowOptions): GradientFlowPoint {
  const { load, noiseVariance, teacherLength } = checkedLinearTask('options', options, {
    time: elsewhere,
    gammaDecay: optional(elsewhere),
  });
  const { gammaDecay = 0 } = options;
  const ridge = ridgeOf(load, gammaDecay);
  const time = requireTime(options.time);
  const law = marchenkoPastur(load);
  if (time === Infinity || time * (ridge + law.lower) > ENDED) {
    const task = { load, noiseVariance, teacherLength, gammaDecay };
    const { gamma, overlap, generalizationError, trainingError, warning } = linearGeneralization(task);
    const end = { load, time, gamma, overlap, generalizationError, trainingError, relativeError: 0 };
    return warning === undefined ? end : { ...end, warning };
  }

  // w is found in units of its size, min(τ, 1, 1/λ), so that small ones do not underflow when squared.
  const growth = Math.max(1, time, ridge * time);
  const unit = time / growth;
  // Without decay the residual falls below any double; e^(−τx₋), which all of it has, is put back at the end.
  const common = ridge === 0 ? Math.exp(-time * law.lower) : 1;
  const flow: EigenvalueFunctions = (x, above, out) => {
    const y = x + ridge;
    const k = growth * meanDecay(y * time);
    const left = ridge === 0 ? Math.exp(-time * above) : (ridge + x * Math.exp(-y * time)) / y;
    out[0] = x * k;
    out[1] = (x * k) ** 2;
    out[2] = x * k * k;
    out[3] = left * left;
    out[4] = x * left * left;
  };
  const { values, relativeError } = spectralIntegrals(law, 5, flow, Math.max(ridge, 1 / time));
  const [share = NaN, shareSquared = NaN, onNoise = NaN, left = NaN, leftOnData = NaN] = values;

  const power = teacherLength ** 2;
  const length = Math.sqrt(power * shareSquared + noiseVariance * onNoise);
  const unlearned = common ** 2 * left;
  return {
    load,
    time,
    gamma: unit * length,
    overlap: Math.min(1, (teacherLength * share) / length),
    generalizationError: power * (unlearned + law.atom) + noiseVariance * onNoise * unit * unit,
    trainingError:
      (power * common ** 2 * leftOnData + noiseVariance * unlearned) / load +
      noiseVariance * Math.max(0, (load - 1) / load),
    relativeError,
  };
}

function requireTime(time: number): number {
  const allowed = `a number from 0 to ${LONGEST_TIME}, or Infinity`;
  if (typeof time !== 'number') throw typeError('time', allowed, time);
  if (time === Infinity || (time >= 0 && time <= LONGEST_TIME)) return time;
  throw rangeError('time', allowed, time);
}

/** (1 − e^(−z))/z, the mean of e^(−s) over 0 < s < z. */
function meanDecay(z: number): number {
  return z === 0 ? 1 : -Math.expm1(-z) / z;
}
