import { relu } from '../../../lib/gaussian/activations/relu.js';
import type { Channel } from '../../../lib/generalization/channel.js';
import { saddleEquations } from '../../../lib/generalization/saddle/saddle-equations.js';
import { searchSaddle } from '../../../lib/generalization/saddle/saddle-search.js';
import { twoSlopeChannel } from '../../../lib/generalization/channels/two-slope-channel.js';

const start = Float64Array.of(0.9, Math.log(0.2), 0);

/** How many averages a search took, and whether it converged. */
function search(change: (exact: Channel) => Partial<Channel>): { taken: number; converged: boolean } {
  const exact = twoSlopeChannel(relu, 0.05, 1);
  const channel = { ...exact, ...change(exact) };
  let taken = 0;
  const counted: Channel = {
    ...channel,
    average: (...state) => {
      taken++;
      return channel.average(...state);
    },
  };
  const { converged } = searchSaddle(saddleEquations(counted, 2, 0.5, false), start, 20, 12);
  return { taken, converged };
}

describe('a search', () => {
  // A step of Newton's method that has been started takes three averages for the Jacobian and at most eight halvings.
  const OVER = 12;

  it('takes some thirty averages', () => {
    const { taken, converged } = search(() => ({}));
    expect(converged).toBe(true);
    expect(taken).toBeLessThan(45);
  });

  it.each([5, 100])('gives up once it has taken the averages it may (%s)', (mostAverages) => {
    // Equations without a root: E[F²] is too large at any state.
    const noRoot = (exact: Channel): Partial<Channel> => ({
      mostAverages,
      average: (mu, sigma, inverse, out) => {
        exact.average(mu, sigma, inverse, out);
        out[2] = 3 + sigma * sigma;
        return 0;
      },
    });
    const { taken, converged } = search(noRoot);
    expect(converged).toBe(false);
    expect(taken).toBeLessThan(mostAverages + OVER);
  });

  it('has the root for a fixed point of its iteration', () => {
    const equations = saddleEquations(twoSlopeChannel(relu, 0.05, 1), 2, 0.5, false);
    const { unknowns } = searchSaddle(equations, start, 20, 12);
    const next = new Float64Array(3);
    equations.iterate(unknowns, next);
    // The root is known to 1e-10 and better.
    for (let i = 0; i < 3; i++) expect(Math.abs(next[i] - unknowns[i])).toBeLessThan(1e-11);
  });

  it('counts its steps, each of which asks for the equations once at least', () => {
    const equations = saddleEquations(twoSlopeChannel(relu, 0.05, 1), 2, 0.5, false);
    let [iterated, asked] = [0, 0];
    const { iterations } = searchSaddle(
      {
        ...equations,
        iterate(unknowns, out) {
          iterated++;
          equations.iterate(unknowns, out);
        },
        residual(unknowns, out) {
          asked++;
          equations.residual(unknowns, out);
        },
      },
      start,
      20,
      12,
    );
    expect(iterated).toBeGreaterThan(0);
    expect(iterations).toBeGreaterThan(iterated);
    expect(iterations).toBeLessThan(iterated + asked);
  });

  it('gives up on averages that are not numbers', () => {
    const { converged, taken } = search(() => ({
      average: (_mu, _sigma, _inverse, out) => {
        out.fill(NaN);
        return NaN;
      },
    }));
    expect([converged, taken]).toEqual([false, 1]);
  });
});
