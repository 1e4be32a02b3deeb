import { orthantMoments } from '../../lib/gaussian/orthant.js';
import { gaussLegendre } from '../../lib/numerics/gauss-legendre.js';

/** Moments over the quadrant in polar coordinates: radius in closed form, angle by a 40-point Gauss rule. */
function byPolarCoordinates(phi: number): { probability: number; product: number; square: number } {
  const { nodes, weights } = gaussLegendre(40);
  const total = { probability: 0, product: 0, square: 0 };
  const half = (Math.PI - phi) / 2;
  nodes.forEach((node, k) => {
    const angle = phi - Math.PI / 2 + half * (node + 1); // of u; v lies φ behind
    const u = Math.cos(angle);
    const v = Math.cos(angle - phi);
    const weight = (half * weights[k]) / (2 * Math.PI);
    total.probability += weight;
    total.product += 2 * weight * u * v; // ∫ρ³ exp(−ρ²/2)dρ = 2
    total.square += 2 * weight * u * u;
  });
  return total;
}

describe('orthantMoments', () => {
  it.each([0, 0.1, 1, 2, 3, 3.14])('agrees with integration in polar coordinates at φ = %p', (phi) => {
    const moments = orthantMoments(phi);
    const expected = byPolarCoordinates(phi);
    // Rounding of a 40-term sum; the integrands are entire.
    for (const key of ['probability', 'product', 'square'] as const) {
      expect(Math.abs(moments[key] - expected[key])).toBeLessThan(1e-15);
    }
  });

  it('keeps relative accuracy where the fields are opposite', () => {
    const psi = 1e-5;
    const { product, square } = orthantMoments(Math.PI - psi);
    // Leading terms ψ³/6π and ψ³/3π; the next are ψ² smaller, and π − ψ is rounded by 2e-16.
    expect(Math.abs(product / (psi ** 3 / (6 * Math.PI)) - 1)).toBeLessThan(2e-10);
    expect(Math.abs(square / (psi ** 3 / (3 * Math.PI)) - 1)).toBeLessThan(2e-10);
  });

  it('knows that the double nearest π is short of π', () => {
    // π − Math.PI, from the digits of π.
    const psi = 1.2246467991473532e-16;
    expect(Math.abs(orthantMoments(Math.PI).probability / (psi / (2 * Math.PI)) - 1)).toBeLessThan(1e-15);
  });

  it('refuses an angle outside [0, π]', () => {
    expect(() => orthantMoments(-0.1)).toThrow(RangeError);
    expect(() => orthantMoments(NaN)).toThrow('`phi` must be a number from 0 to');
  });
});
