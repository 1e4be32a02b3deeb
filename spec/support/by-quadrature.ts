import type { Activation } from '../../lib/gaussian/activation.js';
import { quadratureAverages } from '../../lib/gaussian/quadrature-averages.js';

/** The same activation as one that closed forms know nothing of: its averages by quadrature. */
export function byQuadrature({ name, value, derivative, kinks }: Activation): Activation {
  const plain = { value, derivative, kinks };
  return { name: `${name} by quadrature`, ...plain, averages: quadratureAverages(plain) };
}
