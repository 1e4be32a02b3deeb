import { numbersOf } from '../../lib/config/numbers.js';

describe('numbers from text', () => {
  it.each([
    ['2', [2]],
    ['0.5, 1,2e1', [0.5, 1, 20]],
    ['0:1:5', [0, 0.25, 0.5, 0.75, 1]],
    ['0.1:0.3:3', [0.1, 0.2, 0.3]],
    ['0.25:4:5:log', [0.25, 0.5, 1, 2, 4]],
  ])('%p', (text, expected) => {
    const numbers = numbersOf('load', text);
    expect(numbers).toHaveLength(expected.length);
    numbers.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 15);
    });
    expect(numbers.at(-1)).toBe(expected.at(-1));
  });

  it.each(['', '1,', '1:2', '1:2:3:4', 'a', '0:1:1', '0:1:2.5', '1:2:3:lin', '0:1:3:log'])(
    '%p is refused',
    (text) => {
      expect(() => numbersOf('load', text)).toThrow(/`load/);
    },
  );
});
