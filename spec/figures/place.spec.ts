import fc from 'fast-check';
import { grow, holds, leastCovering, pointsAlong, pointsIn, type Words } from '../../lib/figures/place.js';

const box = { left: 0, top: 0, right: 10, bottom: 4 };
const draw: Words['draw'] = () => [];

describe('pointsAlong', () => {
  it('has the points of a segment inside a box, at most two apart, both ends included', () => {
    const points = pointsAlong([1, 1], [9, 3], box);
    expect(points[0]).toEqual([1, 1]);
    expect(points.at(-1)).toEqual([9, 3]);
    points.slice(1).forEach(([x, y], index) => {
      expect(Math.hypot(x - points[index][0], y - points[index][1])).toBeLessThanOrEqual(2);
      // On the line from (1, 1) to (9, 3), by its slope.
      expect(y - 1).toBeCloseTo((x - 1) / 4, 10);
    });
  });

  it('has none outside the box and none of a segment without a number (seed 2, 200 segments)', () => {
    const value = fc.double({ min: -20, max: 20, noNaN: true });
    fc.assert(
      fc.property(value, value, value, value, (x1, y1, x2, y2) => {
        for (const [x, y] of pointsAlong([x1, y1], [x2, y2], box)) {
          expect(Math.min(x, 10 - x, y, 4 - y)).toBeGreaterThanOrEqual(0);
        }
      }),
      { seed: 2, numRuns: 200 },
    );
    expect(pointsAlong([NaN, 1], [2, 2], box)).toEqual([]);
    expect(pointsAlong([-9, -9], [-8, -8], box)).toEqual([]);
  });
});

describe('pointsIn', () => {
  it('covers a box so that no square of 2 by 2 inside it is free', () => {
    const points = pointsIn(box);
    for (let left = 0; left <= 8; left += 0.5) {
      for (let top = 0; top <= 2; top += 0.5) {
        const square = { left, top, right: left + 2, bottom: top + 2 };
        expect(points.some((point) => holds(square, point))).toBe(true);
      }
    }
  });
});

describe('leastCovering', () => {
  const boxes = [0, 40, 80].map((left) => ({ left, top: 0, right: left + 10, bottom: 10 }));

  it('takes the box with the least ink in it, the first of several, and nothing from an empty list', () => {
    expect(leastCovering({ boxes, draw }, [])).toBe(boxes[0]);
    expect(
      leastCovering({ boxes, draw }, [
        [5, 5],
        [45, 5],
        [46, 5],
      ]),
    ).toBe(boxes[2]);
    expect(
      leastCovering({ boxes, draw }, [
        [5, 5],
        [6, 5],
        [45, 5],
        [85, 5],
      ]),
    ).toBe(boxes[1]);
    expect(leastCovering({ boxes: [], draw }, [])).toBeUndefined();
  });

  it('keeps the label of a curve away from ink nearby too, not the legend', () => {
    const near = [[15, 5]] as const;
    expect(leastCovering({ boxes, draw }, near)).toBe(boxes[0]);
    expect(leastCovering({ boxes, draw, owner: 'WN' }, near)).toBe(boxes[1]);
  });
});

describe('grow', () => {
  it('adds the margin on each side', () => {
    expect(grow(box, 1)).toEqual({ left: -1, top: -1, right: 11, bottom: 5 });
  });
});
