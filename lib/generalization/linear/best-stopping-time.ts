import { rangeError } from '../../foundation/checks.js';
import { bracketedRoot } from '../../numerics/root-finding.js';
import { gradientFlow } from './gradient-flow.js';
import { checkedLinearTask, linearGeneralization, type LinearTask } from './linear.js';
import { marchenkoPastur, spectralIntegrals, type MarchenkoPastur } from './marchenko-pastur.js';

/** When to stop gradient flow. */
export interface BestStoppingTime {
  /** τ; Infinity without noise. */
  readonly time: number;
  /** ε at that time, the least along the flow. */
  readonly generalizationError: number;
  /** Estimated error of both, from the integrals behind them; 0 where a closed form was used. */
  readonly relativeError: number;
  /** Why there is no finite time. */
  readonly warning?: string;
}

/** Least S/ρ for which τ, at most ρ/S, is inside the domain of `gradientFlow`. */
const LEAST_NOISE = 1e-299;
/** Widening of the bracket in ln τ against rounding: the function's slope there is at least 1, its error 1e-13. */
const MARGIN = 1e-9;

/**
 * The time τ at which gradient flow from w = 0 (without gamma decay) generalizes best. With σ = S/ρ
 *
 *     dε/dτ = 2ρ[σA − B],  A = ∫dμ(x) e^(−τx)(1 − e^(−τx)),  B = ∫dμ(x) x e^(−2τx).
 *
 * Each eigenvalue alone would stop at ln(1 + x/σ)/x, which falls with x: the edges of the spectrum bracket the zero. There is
 * one only: σA/B = στ∫₀¹ B(τ(2−v))/B(2τ) dv, B taken as a function of 2τ, grows at least like τ because s⟨x⟩ grows with s in
 * the law ∝ x e^(−sx) dμ(x): in z = s(x − x₋) its density is z^(1/2) e^(−z) √(s(x₊ − x₋) − z), and the last factor shifts weight
 * up as s grows. So the zero of ln(σA/B) in ln τ is found where it is almost a line.
 *
 * @param task its noiseVariance is 0, where ε falls for ever and `time` is Infinity, or at least 1e-299 T²
 * @throws TypeError or RangeError, one line, naming an argument out of its domain
 * @example
 * bestStoppingTime({ load: 0.5, noiseVariance: 0.1 }).time; // 4.78705
 */
export function bestStoppingTime(task: LinearTask): BestStoppingTime {
  const { load, noiseVariance, teacherLength } = checkedLinearTask('task', task);
  if (noiseVariance === 0) {
    const { generalizationError } = linearGeneralization({ load, teacherLength });
    const warning = 'without label noise the generalization error falls for ever';
    return { time: Infinity, generalizationError, relativeError: 0, warning };
  }
  const ratio = noiseVariance / teacherLength ** 2;
  if (!(ratio >= LEAST_NOISE && ratio <= 1 / LEAST_NOISE)) {
    throw rangeError('noiseVariance', '0 or from 1e-299 to 1e299 times teacherLength squared', noiseVariance);
  }
  const law = marchenkoPastur(load);
  const alone = (x: number): number => Math.log(x === 0 ? 1 / ratio : Math.log1p(x / ratio) / x);
  const logarithm = bracketedRoot(
    (logTime) => balance(law, ratio, Math.exp(logTime)).logarithm,
    alone(law.upper) - MARGIN,
    alone(law.lower) + MARGIN,
  );
  const time = Math.exp(logarithm);
  const { generalizationError, relativeError } = gradientFlow({ load, noiseVariance, teacherLength, time });
  // The logarithm of a quotient of two integrals, with a slope of at least 1 in ln τ.
  const errorOfTime = 2 * balance(law, ratio, time).relativeError;
  return { time, generalizationError, relativeError: Math.max(relativeError, errorOfTime) };
}

/** ln(σA/B), positive where ε rises, and the error of the integrals. */
function balance(
  law: MarchenkoPastur,
  ratio: number,
  time: number,
): { logarithm: number; relativeError: number } {
  // A and τB without their common factors e^(−τx₋) and e^(−2τx₋), so that neither underflows.
  const { values, relativeError } = spectralIntegrals(
    law,
    2,
    (x, above, out) => {
      const fading = Math.exp(-time * above);
      out[0] = -Math.expm1(-time * x) * fading;
      out[1] = time * x * fading * fading;
    },
    1 / time,
  );
  const logarithm = Math.log(ratio * time) + time * law.lower + Math.log(values[0]! / values[1]!);
  return { logarithm, relativeError };
}
