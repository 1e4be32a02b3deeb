import { chebyshevCells, type PlaneFunction } from '../../lib/numerics/chebyshev-cells.js';

const out = new Float64Array(4);

const halves = [-1, -0.5, 0, 0.5, 1, 1.5];
const units = [-1, 0, 1, 2];

function counted(f: PlaneFunction): { f: PlaneFunction; calls: () => number } {
  let calls = 0;
  return {
    f: (x, y, to) => {
      calls++;
      f(x, y, to);
    },
    calls: () => calls,
  };
}

const points: [number, number][] = [
  [0.1, 0.2],
  [0.49, 1.9],
  [0.6, 0.2],
  [1.23, 1.1],
  [-0.31, -0.7],
  [0.1, 0.3],
];

describe('a table that grows', () => {
  it('is exact for polynomials of degrees below its points, from cell to cell and back', () => {
    const polynomial: PlaneFunction = (x, y, to) => {
      to.set([x ** 4 * y, 1 - 2 * y ** 2 + x, x * y ** 2, 5]);
    };
    const table = chebyshevCells(polynomial, halves, units, 5);
    const expected = new Float64Array(4);
    for (const [x, y] of points) {
      table(x, y, out);
      polynomial(x, y, expected);
      // Rounding of sums of 25 terms up to 10.
      out.forEach((value, i) => {
        expect(Math.abs(value - expected[i])).toBeLessThan(1e-14 * 10);
      });
    }
  });

  it('asks for each cell once: its points, and two more to check it', () => {
    const { f, calls } = counted((x, y, to) => {
      to.set([x, y, x * y, 1]);
    });
    const table = chebyshevCells(f, halves, units, 4);
    for (const [x, y] of points) table(x, y, out);
    // The first and the last point share a cell.
    expect(calls()).toBe(5 * (4 * 4 + 2));
    for (const [x, y] of points) table(x, y, out);
    expect(calls()).toBe(5 * (4 * 4 + 2));
  });

  it('has its own values at its points, where barycentric weights are infinite', () => {
    for (let count = 2; count < 12; count++) {
      const table = chebyshevCells(
        (x, y, to) => {
          to.set([x + y, x, y, 1]);
        },
        [-1, 1],
        [-1, 1],
        count,
      );
      // Some of these places come out the same again, to the last digit; others close by.
      for (let k = 0; k < count; k++) {
        const x = Math.cos((Math.PI * (k + 0.5)) / count);
        table(x, x, out);
        [2 * x, x, x, 1].forEach((expected, i) => {
          expect(Math.abs(out[i] - expected)).toBeLessThan(1e-14);
        });
      }
    }
  });

  it('uses a cell that gives the function back to 1e-8, and no worse one', () => {
    // Chebyshev coefficients of e^x on a cell of half width 1/2 fall like (1/4)^n/n!: 7e-10 at eight points, 8e-5 at four.
    for (const [count, trusted] of [
      [9, true],
      [4, false],
    ] as const) {
      const { f, calls } = counted((x, y, to) => {
        to.set([Math.exp(x), Math.exp(y), Math.exp(x - y), 1]);
      });
      const table = chebyshevCells(f, units, units, count);
      table(0.2, 0.7, out);
      const filled = calls();
      table(0.4, 0.6, out);
      expect(calls() === filled).toBe(trusted);
      if (trusted) expect(Math.abs(out[2] - Math.exp(-0.2))).toBeLessThan(1e-8);
      else expect(out[2]).toBe(Math.exp(0.4 - 0.6));
    }
  });

  it('judges each component by its own size', () => {
    const table = chebyshevCells(
      (x, y, to) => {
        to.set([1, x, y, 1e-6 * Math.abs(x - 0.3 * y)]);
      },
      units,
      units,
      8,
    );
    table(0.2, 0.7, out);
    expect(out[3]).toBe(1e-6 * Math.abs(0.2 - 0.3 * 0.7));
  });

  it('gives a cell up at the first value that is not known', () => {
    const { f, calls } = counted((x, _y, to) => to.fill(x < 0.2 ? NaN : x));
    const table = chebyshevCells(f, units, units, 6);
    table(0.5, 0.5, out);
    expect([...out]).toEqual([0.5, 0.5, 0.5, 0.5]);
    // Of 36 points, those of the columns right of 0.2 come first.
    expect(calls()).toBeLessThan(36);
    table(0.1, 0.5, out);
    expect([...out]).toEqual([NaN, NaN, NaN, NaN]);
  });
});
