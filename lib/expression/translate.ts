import { difference, negative, power, product, quotient, sum } from './arithmetic.js';
import { call, functionNames } from './call.js';
import { both, comparison, conditional, either, isComparison, type Condition } from './condition.js';
import { MAXIMUM_DEPTH, type SyntaxNode } from './syntax.js';
import { constantTerm, variableTerm, type Term } from './term.js';

/** What a translation needs beside the tree. */
export interface Context {
  /** Name of the variable. */
  readonly variable: string;
  /** Throws the error for what is not allowed. */
  readonly reject: (problem: string) => never;
}

type Operator = Extract<SyntaxNode, { type: 'OperatorNode' }>;

const constants: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['e', Math.E],
]);

const binaryOperators: ReadonlyMap<string, (a: Term, b: Term) => Term> = new Map([
  ['add', sum],
  ['subtract', difference],
  ['multiply', product],
  ['divide', quotient],
  ['pow', power],
]);

/** How the parts are called that mathjs reads and an expression may not have. */
const refusedParts: ReadonlyMap<string, string> = new Map([
  ['AccessorNode', 'a property'],
  ['AssignmentNode', 'an assignment'],
  ['FunctionAssignmentNode', 'a function definition'],
  ['RangeNode', 'a range'],
]);

const COMPARISON_OUTSIDE = 'a comparison must stand before the ? of a conditional';
const NO_COMPARISON =
  'what stands before ? must be a comparison by >, >=, <, <=, or several joined by and, or';

/**
 * A syntax tree as a term. Only nodes and names that these tables know are translated, and nothing of the text is run.
 *
 * @param depth of the node within the whole tree
 */
export function translate(node: SyntaxNode, context: Context, depth = 1): Term {
  const { reject } = context;
  const inner = (part: SyntaxNode): Term => translate(part, context, depth + 1);
  checkDepth(depth, context);
  switch (node.type) {
    case 'ConstantNode':
      if (typeof node.value === 'number' && Number.isFinite(node.value)) return constantTerm(node.value);
      return reject(`numbers must be finite; got ${String(node.value)}`);
    case 'SymbolNode':
      return symbol(node.name, context);
    case 'ParenthesisNode':
      return translate(node.content, context, depth);
    case 'OperatorNode':
      return operation(node, context, depth);
    case 'FunctionNode':
      if (node.fn.type !== 'SymbolNode' || node.optional) return reject('a function must have a plain name');
      if (isName(node.fn.name, context)) {
        return reject(`${node.fn.name} is not a function; to multiply, write ${node.fn.name} * (...)`);
      }
      return call(node.fn.name, node.args.map(inner), reject);
    case 'ConditionalNode':
      return conditional(
        condition(node.condition, context, depth + 1),
        inner(node.trueExpr),
        inner(node.falseExpr),
      );
    case 'RelationalNode':
      return reject(COMPARISON_OUTSIDE);
    default:
      return reject(`${refusedParts.get(node.type) ?? node.type} is not allowed`);
  }
}

function checkDepth(depth: number, { reject }: Context): void {
  if (depth > MAXIMUM_DEPTH) reject(`terms must be nested at most ${MAXIMUM_DEPTH} deep`);
}

function isName(name: string, { variable }: Context): boolean {
  return name === variable || constants.has(name);
}

function symbol(name: string, { variable, reject }: Context): Term {
  if (name === variable) return variableTerm;
  const value = constants.get(name);
  if (value !== undefined) return constantTerm(value);
  if (functionNames.includes(name)) return reject(`${name} needs brackets: ${name}(...)`);
  return reject(`unknown name ${name}; allowed: ${[variable, ...constants.keys()].join(', ')}`);
}

/** The second operand counts as one deeper, the first does not: a sum of many numbers is not deep. */
function operation({ op, fn, args }: Operator, context: Context, depth: number): Term {
  const [left, right] = args;
  if (left && !right && fn === 'unaryMinus') return negative(translate(left, context, depth + 1));
  if (left && !right && fn === 'unaryPlus') return translate(left, context, depth + 1);
  const build = binaryOperators.get(fn);
  if (left && right && build)
    return build(translate(left, context, depth), translate(right, context, depth + 1));
  if (isComparison(fn) || fn === 'and' || fn === 'or') return context.reject(COMPARISON_OUTSIDE);
  return context.reject(`operator ${op} is not allowed; allowed: + - * / ^`);
}

function condition(node: SyntaxNode, context: Context, depth: number): Condition {
  checkDepth(depth, context);
  const inner = (part: SyntaxNode): Term => translate(part, context, depth + 1);
  if (node.type === 'ParenthesisNode') return condition(node.content, context, depth);
  if (node.type === 'RelationalNode') {
    const terms = node.params.map(inner);
    const steps = node.conditionals.map((fn, i) => compared(fn, terms[i]!, terms[i + 1]!, context));
    return steps.reduce(both);
  }
  if (node.type !== 'OperatorNode') return context.reject(NO_COMPARISON);
  const [left, right] = node.args;
  if (!left || !right) return context.reject(NO_COMPARISON);
  if (node.fn === 'and' || node.fn === 'or') {
    const join = node.fn === 'and' ? both : either;
    return join(condition(left, context, depth), condition(right, context, depth + 1));
  }
  if (!isComparison(node.fn)) return context.reject(NO_COMPARISON);
  return compared(node.fn, inner(left), inner(right), context);
}

function compared(fn: string, a: Term, b: Term, { reject }: Context): Condition {
  return comparison(fn, a, b) ?? reject(NO_COMPARISON);
}
