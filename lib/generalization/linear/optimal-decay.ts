import { requirePositive } from '../../foundation/checks.js';
import { checkedLinearTask, type LinearTask } from './linear.js';

/**
 * The gamma decay ζ = S/(αρ), ρ = T², at which the linear student generalizes best.
 *
 * With x over the spectrum of XᵀX and λ = αζ, ε = ⟨(ρλ² + Sx)/(x + λ)²⟩ has the slope 2(ρλ − S)⟨x/(x + λ)³⟩: it falls until
 * λ = S/ρ and rises from there, whatever the spectrum. There ε = SV, V the susceptibility. Without noise it is 0, the limit
 * ζ → 0⁺.
 *
 * @throws TypeError or RangeError, one line, naming an argument out of its domain
 * @example
 * optimalGammaDecay({ load: 2, noiseVariance: 0.5 }); // 0.25
 */
export function optimalGammaDecay(task: LinearTask): number {
  const { load, noiseVariance, teacherLength } = checkedLinearTask('task', task);
  return noiseVariance / load / teacherLength ** 2;
}

/**
 * The batch size M at which the decay published for batch normalization of an identity unit, ζ(M) = 3/(4M) (Luo, Wang, Shao &
 * Peng, ICLR 2019) and taken as the penalty ½ζγ², is the optimal one: M = 3αρ/(4S).
 *
 * A real number: round it yourself, to an integer ≥ 2. Below 2 no batch is small enough, the optimal decay is beyond that of
 * batch normalization; and ζ(M) is the first term in 1/M, rough already for small batches.
 *
 * @param task its noiseVariance must be > 0: without noise the smaller the decay the better, and there is no best batch
 * @throws TypeError or RangeError, one line, naming an argument out of its domain
 * @example
 * batchSizeOfOptimalDecay({ load: 2, noiseVariance: 0.05 }); // 30
 */
export function batchSizeOfOptimalDecay(
  task: LinearTask & {
    /** S > 0, variance of the label noise. */
    readonly noiseVariance: number;
  },
): number {
  const gammaDecay = optimalGammaDecay(task);
  requirePositive('noiseVariance', task.noiseVariance);
  return 3 / (4 * gammaDecay);
}
