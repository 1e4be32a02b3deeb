import type { FieldAverages } from './activation.js';
import { angleOfMisalignment } from './angle.js';

/**
 * The gradient of ε = E[(g*(u) − g(γv))²]: writes ∂ε/∂γ = −2E[δv] to out[0] and ∂ε/∂r = 2γE[g*′(u)g′(γv)], r = 1 − R, to out[1].
 *
 * The second is Price's theorem; by Stein's lemma E[δ(u − Rv)] = r(2 − r)E[g*′(u)g′(γv)], an average that is there already.
 * Allocates nothing where the averages have closed forms.
 */
export function errorGradient(
  averages: FieldAverages,
): (gamma: number, r: number, out: Float64Array) => void {
  const moments = new Float64Array(4);
  const gradient = new Float64Array(8);
  return (gamma, r, out) => {
    const phi = angleOfMisalignment(r);
    averages.write(gamma, phi, moments);
    let gains = moments[1]! / (r * (2 - r));
    if (r <= 0 || r >= 2) {
      // Both vanish at the ends; so the ratio of their derivatives.
      averages.writeGradient(gamma, phi, gradient);
      gains = gradient[5]! / (r <= 0 ? 2 : -2);
    }
    out[0] = -2 * moments[0]!;
    out[1] = 2 * gamma * gains;
  };
}
