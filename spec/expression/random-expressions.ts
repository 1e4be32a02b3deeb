import fc from 'fast-check';
import { parseExpression, type Expression } from '../../lib/expression/parse-expression.js';

const leaf = fc.oneof(
  { weight: 3, arbitrary: fc.constant('z') },
  { weight: 2, arbitrary: fc.integer({ min: -300, max: 300 }).map((n) => String(n / 100)) },
  fc.constantFrom('pi', 'e', '2', '1e-1', '(z - 0.25)'),
);
const unary = fc.constantFrom(
  'abs', 'sign', 'step', 'relu', 'softplus', 'sigmoid', 'expm1', 'log1p', 'sqrt', 'cbrt', 'sin', 'cos', 'atan', 'tanh',
  'asinh', 'erf', 'exp', 'log', 'log2', 'log10', 'sinh', 'cosh', 'tan', '-', '+', '2',
); // prettier-ignore
const infix = fc.constantFrom('+', '-', '*', '/', ' - -', ' + ');
/** Conditions on what is defined everywhere: mathjs takes a comparison with NaN as false. */
const total = fc.oneof(
  leaf,
  fc.tuple(leaf, leaf).map(([a, b]) => `tanh(${a} * ${b})`),
  fc.tuple(leaf, leaf).map(([a, b]) => `max(${a}, ${b}^2) - abs(${a})`),
);
const comparison = fc
  .tuple(total, fc.constantFrom('>', '<', '>=', '<='), total)
  .map(([a, op, b]) => `${a} ${op} ${b}`);
const condition = fc.oneof(
  comparison,
  fc.tuple(comparison, fc.constantFrom('and', 'or'), comparison).map((parts) => parts.join(' ')),
  fc.tuple(total, total).map(([a, b]) => `${a} < ${b} <= 1`),
);

/** Random texts that use all of the grammar. */
export const { text: randomText } = fc.letrec<{ text: string }>((tie) => ({
  text: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.tuple(unary, tie('text')).map(([f, a]) => `${f}(${a})`),
    fc.tuple(tie('text'), infix, tie('text')).map(([a, op, b]) => `(${a}${op}${b})`),
    fc.tuple(tie('text'), infix, tie('text')).map(([a, op, b]) => `${a}${op}${b}`),
    fc
      .tuple(tie('text'), fc.constantFrom('2', '3', '-1', '0', '1.5', '0.5', 'z'))
      .map(([a, n]) => `(${a})^${n}`),
    fc.tuple(tie('text'), tie('text')).map(([a, b]) => `(${a}) (${b})`),
    fc.tuple(tie('text'), tie('text'), tie('text')).map((parts) => `max(${parts.join(', ')})`),
    fc.tuple(tie('text'), tie('text')).map(([a, b]) => `min(${a}, ${b})`),
    fc.tuple(condition, tie('text'), tie('text')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
  ),
}));
/** Where a function changes by more than 0.1 within 1e-12, found by halving intervals of the range. */
function steepestJumps(f: (x: number) => number, range: number): number[] {
  const found: number[] = [];
  const step = range / 100.5;
  for (let start = -range; start < range; start += step) {
    let [lo, hi] = [start, start + step];
    while (hi - lo > 1e-12) {
      const middle = (lo + hi) / 2;
      if (Math.abs(f(middle) - f(lo)) > Math.abs(f(hi) - f(middle))) hi = middle;
      else lo = middle;
    }
    const change = Math.abs(f(hi) - f(lo));
    const isInside = !Number.isNaN(f(lo - 1e-6) + f(hi + 1e-6));
    if (isInside && change > 0.1 && change < 1e3 && Math.abs(f(lo)) < 1e3) found.push(lo);
  }
  return found;
}

/** Whether value and derivative change from one side of x to the other only as much as over 1e-7 elsewhere. */
function isSmooth(f: Expression, x: number): boolean {
  const change = (g: (x: number) => number, y: number): number => Math.abs(g(y + 5e-8) - g(y - 5e-8));
  return [f.value, f.derivative].every((g) => {
    const nearby = Math.max(change(g, x - 2e-7), change(g, x + 2e-7));
    return nearby < 1e3 && change(g, x) <= 3 * nearby;
  });
}

/**
 * Checks for random expressions, seed fixed, that every jump of the derivative in (−3, 3) is among the kinks found, and that nothing
 * smooth is.
 *
 * @returns how many of each were met
 */
export async function checkKinks(numRuns: number): Promise<{ jumps: number; kinks: number }> {
  let jumps = 0;
  let kinks = 0;
  await fc.assert(
    fc.asyncProperty(randomText, async (text) => {
      fc.pre(text.length <= 300);
      const f = await parseExpression(text, 'z');
      const found = f.kinks(3);
      kinks += found.length;
      for (const x of steepestJumps(f.derivative, 3)) {
        jumps++;
        expect(Math.min(...found.map((kink) => Math.abs(kink - x)))).toBeLessThan(1e-8);
      }
      for (const x of found) expect(isSmooth(f, x) && Number.isFinite(f.derivative(x))).toBe(false);
    }),
    { seed: 7, numRuns },
  );
  return { jumps, kinks };
}
