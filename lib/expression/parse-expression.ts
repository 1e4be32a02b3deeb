import { argumentError, requirePositive, typeError } from '../foundation/checks.js';
import { kinksOf } from './kinks.js';
import { quoted, syntaxTree } from './syntax.js';
import { limitFrom, type Side } from './term.js';
import { translate } from './translate.js';

/** A function of one variable that a user wrote, such as an activation or a learning rate. */
export interface Expression {
  /** As it was written. */
  readonly text: string;
  /** Name of the variable. */
  readonly variable: string;
  /** The value; NaN outside the domain, as for log(−1) or 0/0, and ±Infinity at a pole or where it overflows. */
  readonly value: (x: number) => number;
  /** The derivative; at a kink or a jump the right-hand one. NaN where the value has no limit from the right. */
  readonly derivative: (x: number) => number;
  /**
   * The points of [−range, range] where the value or the derivative jumps, or the derivative is infinite, increasing.
   *
   * Searched are the zeros of whatever decides a switch: differences of the arguments of max and min and of the two
   * sides of a comparison, arguments of abs, sign, relu and step, and arguments of roots (sqrt, cbrt, z^0.5), which
   * have a kink where they touch zero. Zeros of piecewise linear functions are exact. Missed are jumps that a pole
   * makes, as in atan(1/z), and zeros of a function that turns twice within range/2000 (within a thousandth of |z|, or
   * 1e-5, near zero). A jump smaller than 1e-9 of the size of the value, or of the derivative, nearby does not count.
   *
   * @throws RangeError unless range is finite and > 0
   */
  readonly kinks: (range: number) => readonly number[];
}

/**
 * Reads an expression in one variable.
 *
 * Numbers, the variable, pi and e; + - * / ^ and brackets; `a ? b : c` where a compares by >, >=, <, <= (also joined
 * by and, or); and the functions abs, sign, step (1 from 0 on), relu, max, min, pow, exp, expm1, log, log1p, log2, log10,
 * sqrt, cbrt, sin, cos, tan, atan, sinh, cosh, tanh, asinh, erf, erfc, softplus, sigmoid. A product may leave out its
 * sign: `0.1 z`. Precedence is that of mathjs, which reads the text: −z^2 is −(z^2), a^b^c is a^(b^c), 1/2 z is z/2, but
 * z/2 z is z/(2 z). Nothing of the text is ever run as code.
 *
 * @param text at most 1000 characters
 * @param variable name of the variable
 * @param argumentName how error messages call the text
 * @throws TypeError when text is no string; RangeError, one line, when it is not such an expression
 * @example
 *     const leaky = await parseExpression('max(0.1 z, z)', 'z', 'activation');
 *     leaky.value(-2); // -0.2
 *     leaky.derivative(0); // 1
 *     leaky.kinks(10); // [0]
 */
export async function parseExpression(
  text: string,
  variable: string,
  argumentName = 'expression',
): Promise<Expression> {
  if (typeof text !== 'string') throw typeError(argumentName, 'a string', text);
  const reject = (problem: string): never => {
    const shown = quoted(text.length > 60 ? `${text.slice(0, 57)}...` : text);
    throw argumentError(`\`${argumentName}\` expression ${shown}: ${problem}`);
  };
  const term = translate(await syntaxTree(text, reject), { variable, reject });
  const right: Side = { direction: 1, probe: NaN, slope: NaN };
  return {
    text,
    variable,
    value: term.value,
    derivative: (x) => {
      limitFrom(term, x, right);
      return right.slope;
    },
    kinks: (range) => kinksOf(term, requirePositive('range', range)),
  };
}
