import { gaussLegendre } from '../../../lib/numerics/gauss-legendre.js';
import {
  PLANE_MOMENTS,
  PlaneMoment,
  planeDensity,
  planeMoments,
  type Plane,
} from '../../../lib/generalization/channels/plane-moments.js';

const { nodes, weights } = gaussLegendre(48);
const normal = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/** Integral from 0 to ±`far`, smooth on panels of a fifth of it. */
function integral(f: (x: number) => number, far: number): number {
  const half = Math.abs(far) / 10;
  let sum = 0;
  for (let panel = 0; panel < 5; panel++)
    nodes.forEach(
      (node, k) => (sum += half * weights[k] * f(Math.sign(far) * half * (2 * panel + 1 + node))),
    );
  return sum;
}

/** E[x |t|^power δ(ω + κt)] over the quadrant: δ sets z = −(μu′ + κt)/σ. */
function onPlane(plane: Plane, power: number, x: (u: number, t: number, z: number) => number): number {
  const { mu, sigma, along, noise, side, sign, kappa } = plane;
  const at = (u: number, t: number): number => {
    const z = -(mu * u + kappa * t) / sigma;
    return (Math.abs(t) ** power * x(u, t, z) * normal(u) * normal(z)) / sigma;
  };
  if (noise === 0) return side === sign ? integral((u) => at(u, along * u), 9 * side) : 0;
  return integral(
    (u) => integral((t) => (at(u, t) * normal((t - along * u) / noise)) / noise, 14 * sign),
    9 * side,
  );
}

const planes: [string, Plane][] = [
  ['a usual student', { mu: 0.7, sigma: 0.5, along: 1, noise: 0.6, side: 1, sign: 1, kappa: 0.3 }],
  ['labels of the other sign', { mu: 0.7, sigma: 0.5, along: 1, noise: 0.6, side: 1, sign: -1, kappa: 0.3 }],
  ['a turned student', { mu: -0.4, sigma: 0.8, along: 1.2, noise: 0.9, side: -1, sign: 1, kappa: -0.5 }],
  ['the other quadrant', { mu: -0.4, sigma: 0.8, along: 1.2, noise: 0.9, side: -1, sign: -1, kappa: -0.5 }],
  ['no noise', { mu: 0.7, sigma: 0.5, along: 1.3, noise: 0, side: -1, sign: -1, kappa: 0.4 }],
  [
    'no noise, labels of the other sign',
    { mu: 0.7, sigma: 0.5, along: 1.3, noise: 0, side: 1, sign: -1, kappa: 0.4 },
  ],
];

describe('averages on a plane of fields are integrals over its quadrant', () => {
  it.each(planes)('%s', (_, plane) => {
    const out = new Float64Array(PLANE_MOMENTS);
    planeMoments(plane, out);
    // Smooth integrands on panels of a few deviations, 48 nodes each: rounding.
    const close = (value: number, expected: number): void => {
      expect(Math.abs(value - expected)).toBeLessThan(1e-13);
    };
    close(
      out[PlaneMoment.mass],
      onPlane(plane, 1, () => 1),
    );
    close(
      out[PlaneMoment.tu],
      onPlane(plane, 1, (u, t) => t * u),
    );
    close(
      out[PlaneMoment.tz],
      onPlane(plane, 1, (_u, t, z) => t * z),
    );
    close(
      out[PlaneMoment.tt],
      onPlane(plane, 1, (_u, t) => t * t),
    );
    close(
      planeDensity(plane),
      onPlane(plane, 0, () => 1),
    );
  });
});
