import { layOut } from '../../lib/figures/layout.js';
import { learningCurves, plain } from './reading.js';

/** The message of the error that an action throws. */
function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

describe('layOut', () => {
  it('maps the ends of each domain to the sides of the frame, y upward', () => {
    for (const { x, y, frame } of layOut(learningCurves())) {
      const ends = [
        ...x.domain.map((end) => x.scale.apply(end) as number),
        ...y.domain.map((end) => y.scale.apply(end) as number),
      ];
      [frame.left, frame.right, frame.bottom, frame.top].forEach((side, index) => {
        // Rounding of logarithms.
        expect(ends[index]).toBeCloseTo(side, 9);
      });
    }
  });

  it('leaves the frame most of a panel of journal size', () => {
    for (const { frame, width } of layOut(learningCurves())) {
      expect((frame.right - frame.left) / width).toBeGreaterThan(0.8);
    }
  });

  it('refuses a panel too small for its words, with the size that it takes', () => {
    for (const [name, other] of [
      ['panelWidth', 'panelHeight'],
      ['panelHeight', 'panelWidth'],
    ] as const) {
      const small = (size: number) => () => layOut({ ...plain(), [other]: 170, [name]: size });
      const message = messageOf(small(50));
      expect(message).toMatch(
        new RegExp(`^\`${name}\` must be at least \\d+ with these labels; got 50$`, 'u'),
      );
      const least = Number(/least (\d+)/u.exec(message)![1]);
      expect(small(least - 2)).toThrow(RangeError);
      // Fewer ticks fit in a small panel, so that their labels can be narrower.
      expect(small(least + 1)).not.toThrow();
    }
  });
});
