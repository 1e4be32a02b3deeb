import { randomStream } from '../../lib/random/random-stream.js';
import { identity } from '../../lib/gaussian/activations/identity.js';
import { weightNormalization } from '../../lib/dynamics/rules/weight-normalization.js';
import type { OdeEvent } from '../../lib/ode/events.js';
import { solveProblem, type GivenProblem } from '../../lib/ode/solve-problem.js';
import { solve } from '../../lib/trajectory/solve.js';
import { allMethods } from '../support/methods.js';

/** y′ = slope. */
function straight(slope: number, start: number, from: number, until: number): GivenProblem {
  return { derivative: (_t, _y, out) => void (out[0] = slope), initial: [start], from, until };
}

const zero: OdeEvent = { name: 'zero', value: (_t, y) => y[0] };
const zeros: OdeEvent = { ...zero, terminal: false };

describe.each(allMethods)('crossings with %s', (_name, make) => {
  it('are found wherever in a step they lie, also a rounding error behind its end', () => {
    // The first steps end near some of these 400 places.
    for (let k = 1; k <= 400; k++) {
      const time = k / 20_000;
      const run = solveProblem(straight(-1 / time, 1, 0, 1), { events: [zero], method: make() });
      expect(run.outcome).toBe('event');
      // A few roundings of y at size 1; mathjs integrates to a single tolerance of 1e-10.
      expect(Math.abs(run.end / time - 1)).toBeLessThan(1e-10);
    }
  });

  it('are found where they are a few units in the last place from the start or the end', () => {
    for (const place of [1e-15, 1e-300, 1 - 1e-15, 1]) {
      const event: OdeEvent = { name: 'place', value: (t) => t - place, terminal: false };
      const run = solveProblem(straight(1, 0, 0, 1), { events: [event], method: make() });
      expect(run.crossings).toHaveLength(1);
      expect(Math.abs(run.crossings[0].time - place)).toBeLessThan(3e-16);
    }
  });

  it('are all found where a step holds several', () => {
    // y = (t + 6)(t² − 4), y(−8) = −120.
    const cubic: GivenProblem = {
      derivative: (t, _y, out) => void (out[0] = 3 * t * t + 12 * t - 4),
      initial: [-120],
      from: -8,
      until: 4,
    };
    const run = solveProblem(cubic, { events: [zeros], method: make() });
    expect(run.crossings.map(({ time }) => time)).toEqual(
      [-6, -2, 2].map((time): unknown => expect.closeTo(time, 8)),
    );
    const rising = solveProblem(cubic, { events: [{ ...zeros, direction: 'rising' }], method: make() });
    expect(rising.crossings.map(({ time }) => time)).toEqual(
      [-6, 2].map((time): unknown => expect.closeTo(time, 8)),
    );
    const sine: OdeEvent = { ...zeros, value: (_t, y) => Math.sin(Math.PI * y[0] - 0.5) };
    const many = solveProblem(straight(1, 0, 0, 10), { events: [sine], method: make() });
    expect(many.crossings.map(({ time }) => time)).toEqual(
      Array.from({ length: 10 }, (_, k): unknown => expect.closeTo(k + 0.5 / Math.PI, 8)),
    );
  });

  it('are all found where they are a 200th of the run apart', () => {
    const stream = randomStream(31);
    for (let trial = 0; trial < 20; trial++) {
      // Zeros at random places, a 200th apart or more, in a run whose steps may be as long as itself.
      const places: number[] = [];
      for (
        let place = stream.nextUniform() / 100;
        place < 1;
        place += 0.005 * (1.001 + (1 - stream.nextUniform()) ** -0.5)
      ) {
        places.push(place);
      }
      const signs: OdeEvent = {
        name: 'places',
        terminal: false,
        value: (t) => {
          const next = places.findIndex((place) => place > t);
          const passed = next < 0 ? places.length : next;
          const [left, right] = [places[passed - 1] ?? -1, places[passed] ?? 2];
          return (passed % 2 === 0 ? 1 : -1) * Math.min(t - left, right - t);
        },
      };
      const run = solveProblem(straight(1, 0, 0, 1), { events: [signs], method: make() });
      expect(run.crossings.map(({ time }) => time)).toEqual(
        places.map((place): unknown => expect.closeTo(place, 12)),
      );
    }
  });

  it('that are terminal end the run once, with one node there', () => {
    const run = solveProblem(straight(-60, 1, 0, 1), { events: [zero], method: make() });
    const times = run.points.map(({ time }) => time);
    expect(new Set(times).size).toBe(times.length);
    expect(times.at(-1)).toBe(run.end);
    expect(run.end * 60).toBeCloseTo(1, 9);
  });

  it('end the run, with what was computed, where the value of an event is not finite', () => {
    const broken: OdeEvent = { name: 'broken', value: (t) => (t > 0.5 ? NaN : 1) };
    const run = solveProblem(straight(1, 0, 0, 1), { events: [broken], method: make(), maxStep: 0.1 });
    expect(run.outcome).toBe('diverged');
    expect(run.message).toMatch(/^the value of an event is not finite after time 0\.[3-5]/);
  });
});

describe('a start on zero', () => {
  it('is no crossing of an event, whichever way it leaves', () => {
    expect(solveProblem(straight(1, 0, 0, 1), { events: [zeros] }).crossings).toEqual([]);
    expect(solveProblem(straight(-1, 0, 0, 1), { events: [zeros] }).crossings).toEqual([]);
  });

  it.each([
    ['rising', 1, true],
    ['rising', -1, false],
    ['falling', -1, true],
    ['falling', 1, false],
  ] as const)('meets a %s condition where the slope is %p: %p', (direction, slope, met) => {
    const run = solveProblem(straight(slope, 0, 0, 1), { events: [{ ...zero, direction, condition: true }] });
    expect([run.outcome, run.end]).toEqual(met ? ['event', 0] : ['reached-end', 1]);
    expect(run.points).toHaveLength(met ? 1 : run.points.length);
  });
});

describe('a condition', () => {
  const rule = weightNormalization({ activation: identity, learningRate: 0.5 });
  const initial = { gamma: 0.5, overlap: 0.1, length: 0.8 };
  const ends = (level: number, direction: 'rising' | 'falling', condition: boolean): [string, number] => {
    const events = [{ quantity: 'length' as const, level, direction, condition }];
    const run = solve({ rule, initial, until: 10, events, times: [0, 5, 10] });
    return [run.outcome, run.end];
  };

  it('that holds at the start ends the run there; an event does not', () => {
    expect(ends(0.5, 'rising', true)).toEqual(['event', 0]);
    expect(ends(0.5, 'rising', false)).toEqual(['reached-end', 10]);
    expect(ends(5, 'falling', true)).toEqual(['event', 0]);
  });

  it('on whose edge the run starts holds at once where the run moves into it', () => {
    expect(ends(0.8, 'rising', true)).toEqual(['event', 0]);
    expect(ends(0.8, 'falling', true)).toEqual(['reached-end', 10]);
  });

  it('that comes to hold later ends the run there, as an event does', () => {
    const [outcome, end] = ends(0.81, 'rising', true);
    expect(outcome).toBe('event');
    expect(ends(0.81, 'rising', false)).toEqual(['event', end]);
    expect(end).toBeGreaterThan(0);
  });
});
