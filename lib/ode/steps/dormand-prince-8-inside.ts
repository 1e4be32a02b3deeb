import type { Collocation } from './collocation.js';
import { COUNT, NODES } from './lobatto.js';
import type { Node, OdeProblem } from '../problem.js';

/**
 * The states inside a step of order 8, to order 7, after the code DOP853 (Hairer, Nørsett & Wanner, Solving Ordinary Differential
 * Equations I, section II.6), rounded to doubles: with θ from 0 to 1 over the step and f₀, f₁ the slopes at its ends
 *
 *     y(θ) = y₀ + θ(F₀ + (1 − θ)(F₁ + θ(F₂ + (1 − θ)(F₃ + θ(F₄ + (1 − θ)(F₅ + θF₆)))))),
 *     F₀ = y₁ − y₀,  F₁ = hf₀ − F₀,  F₂ = 2F₀ − h(f₀ + f₁),  F₃…₆ = h Σ_j DENSE[·][j] k_j,
 *
 * k₁₂ = f₁ and k₁₃…₁₅ being three more stages.
 */
const EXTRA_STAGES = [
  {
    time: 0.1,
    row: [
      0.056167502283047954, 0, 0, 0, 0, 0, 0.25350021021662483, -0.2462390374708025, -0.12419142326381637,
      0.15329179827876568, 0.00820105229563469, 0.007567897660545699, -0.008298,
    ],
  },
  {
    time: 0.2,
    row: [
      0.03183464816350214, 0, 0, 0, 0, 0.028300909672366776, 0.053541988307438566, -0.05492374857139099, 0, 0,
      -0.00010834732869724932, 0.0003825710908356584, -0.00034046500868740456, 0.1413124436746325,
    ],
  },
  {
    time: 0.7777777777777778,
    row: [
      -0.42889630158379194, 0, 0, 0, 0, -4.697621415361164, 7.683421196062599, 4.06898981839711,
      0.3567271874552811, 0, 0, 0, -0.0013990241651590145, 2.9475147891527724, -9.15095847217987,
    ],
  },
];

/** Slopes of a step: those of its stages, the one at its end, and those of the extra stages. */
export const SLOPES = 16;
export const END_SLOPE = 12;

const DENSE: readonly (readonly number[])[] = [
  [
    -8.428938276109013, 0, 0, 0, 0, 0.5667149535193777, -3.0689499459498917, 2.38466765651207,
    2.117034582445028, -0.871391583777973, 2.2404374302607883, 0.6315787787694688, -0.08899033645133331,
    18.148505520854727, -9.194632392478356, -4.436036387594894,
  ],
  [
    10.427508642579134, 0, 0, 0, 0, 242.28349177525817, 165.20045171727028, -374.5467547226902,
    -22.113666853125306, 7.733432668472264, -30.674084731089398, -9.332130526430229, 15.697238121770845,
    -31.139403219565178, -9.35292435884448, 35.81684148639408,
  ],
  [
    19.985053242002433, 0, 0, 0, 0, -387.0373087493518, -189.17813819516758, 527.8081592054236,
    -11.57390253995963, 6.8812326946963, -1.0006050966910838, 0.7777137798053443, -2.778205752353508,
    -60.19669523126412, 84.32040550667716, 11.99229113618279,
  ],
  [
    -25.69393346270375, 0, 0, 0, 0, -154.18974869023643, -231.5293791760455, 357.6391179106141,
    93.40532418362432, -37.45832313645163, 104.0996495089623, 29.8402934266605, -43.53345659001114,
    96.32455395918828, -39.17726167561544, -149.72683625798564,
  ],
];

/** Σ_j coefficients[j] k_j for component i. */
function combination(coefficients: readonly number[], slopes: readonly Float64Array[], i: number): number {
  let sum = 0;
  for (let j = 0; j < coefficients.length; j++) sum += coefficients[j]! * slopes[j]![i]!;
  return sum;
}

/** Evaluations that the guess takes. */
export const EVALUATIONS_FOR_GUESS = EXTRA_STAGES.length;

/**
 * Writes the states of order 7 to the inner nodes of a collocation.
 *
 * @param slopes those of the step, SLOPES rows; the extra ones are written
 */
export function guessFromStages(
  { derivative }: OdeProblem,
  slopes: readonly Float64Array[],
  stage: Float64Array,
  left: Node,
  right: Node,
  { states }: Collocation,
): void {
  const n = stage.length;
  const h = right.time - left.time;
  EXTRA_STAGES.forEach(({ time, row }, index) => {
    for (let i = 0; i < n; i++) stage[i] = left.state[i]! + h * combination(row, slopes, i);
    derivative(left.time + time * h, stage, slopes[END_SLOPE + 1 + index]!);
  });
  for (let i = 0; i < n; i++) {
    const step = right.state[i]! - left.state[i]!;
    const [first, last] = [h * slopes[0]![i]!, h * slopes[END_SLOPE]![i]!];
    const factors = [step, first - step, 2 * step - first - last];
    for (const row of DENSE) factors.push(h * combination(row, slopes, i));
    for (let j = 1; j < COUNT - 1; j++) {
      const theta = 0.5 + 0.5 * NODES[j]!;
      let sum = 0;
      for (let m = factors.length - 1; m >= 0; m--)
        sum = (sum + factors[m]!) * (m % 2 === 0 ? theta : 1 - theta);
      states[n * j + i] = left.state[i]! + sum;
    }
  }
}
