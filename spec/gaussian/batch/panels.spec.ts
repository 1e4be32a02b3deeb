import { batchLaws } from '../../../lib/gaussian/batch/laws.js';
import { batchPanels } from '../../../lib/gaussian/batch/panels.js';

const M = 8;
const laws = batchLaws(M);
const field = (theta: number): number => Math.sqrt(M - 1) * Math.sin(theta);

/** Whether one of the values is the given one, to rounding. */
const has = (values: readonly number[], value: number): boolean =>
  values.some((x) => Math.abs(x - value) < 1e-12 * Math.max(1, Math.abs(value)));

describe('panels of an average over a batch', () => {
  const kinks = [-1, 0.6];
  const panels = batchPanels(kinks, M, laws);
  const [gamma, overlap, sine] = [0.9, 0.9996, 0.03];

  it('end where the student passes a kink of g, γv̂ = k, at 0 and at the ends of the law', () => {
    const edges = panels.student(gamma);
    const fields = edges.map(field);
    for (const kink of kinks) expect(has(fields, kink / gamma)).toBe(true);
    expect(has(fields, 0)).toBe(true);
    expect([edges[0], edges.at(-1)]).toEqual([-laws.angleBound, laws.angleBound]);
    expect(edges).toEqual([...edges].sort((a, b) => a - b));
    // A negative γ passes them on the other side, a small one nowhere.
    expect(has(panels.student(-gamma).map(field), kinks[0] / gamma)).toBe(false);
    expect(has(panels.student(-gamma).map(field), kinks[0] / -gamma)).toBe(true);
    expect(has(panels.student(0.1).map(field), kinks[1] / 0.1)).toBe(false);
    expect(panels.student(0)).toEqual(panels.student(0.1));
  });

  it('are split on the scale 1/γ of a steep student, too', () => {
    const fields = batchPanels([], M, laws).student(20).map(field);
    for (const scale of [0.5, 2, 10]) {
      expect(has(fields, scale / 20) && has(fields, -scale / 20)).toBe(true);
    }
  });

  it('end six deviations from where the mean R(μ + sv̂) of the teacher passes a kink', () => {
    const [s, mu] = [0.8, 0.1];
    const means = panels
      .studentAndTeacher(gamma, overlap, sine, s, mu)!
      .map((theta) => overlap * (mu + s * field(theta)));
    for (const kink of kinks) {
      for (const side of [-6, 0, 6]) expect(has(means, kink + side * sine)).toBe(true);
    }
    // The student's own are among them.
    for (const kink of kinks) expect(has(means, overlap * (mu + (s * kink) / gamma))).toBe(true);
  });

  it('take no notice of the teacher where its layers are wider than the law, or g is smooth', () => {
    expect(panels.studentAndTeacher(gamma, 0.6, 0.8, 0.8, 0.1)).toBeUndefined();
    expect(panels.studentAndTeacher(gamma, 0, 1, 0.8, 0.1)).toBeUndefined();
    expect(batchPanels([], M, laws).studentAndTeacher(gamma, overlap, sine, 0.8, 0.1)).toBeUndefined();
    // Six deviations against √(M−1) = 2.65: R s sets the width.
    expect(panels.studentAndTeacher(gamma, 0.95, 0.31, 0.5, 0.1)).toBeUndefined();
    expect(panels.studentAndTeacher(gamma, 0.95, 0.31, 1, 0.1)).toBeDefined();
  });

  it('of μ end where a kink of the teacher passes one of the student, or an end of the sphere', () => {
    const s = 0.8;
    const edges = panels.mean(gamma, overlap, sine, s);
    const bound = laws.meanBound;
    expect([edges[0], edges.at(-1)]).toEqual([-bound, bound]);
    for (const v of [...kinks.map((kink) => kink / gamma), -Math.sqrt(M - 1), Math.sqrt(M - 1)]) {
      for (const kink of kinks) {
        for (const side of [-6, 0, 6]) {
          // R(μ + sv̂) = k ± 6σ
          const root = Math.sqrt(M) * ((kink + side * sine) / overlap - s * v);
          if (Math.abs(root) < bound) expect(has(edges, root)).toBe(true);
        }
      }
    }
    for (const whole of [
      panels.mean(gamma, 0.6, 0.8, s),
      panels.mean(0, overlap, sine, s),
      batchPanels([], M, laws).mean(gamma, overlap, sine, s),
    ]) {
      expect(whole).toEqual([-bound, bound]);
    }
  });
});
