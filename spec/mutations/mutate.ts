import ts from 'typescript';
import { isLeftOut, scaleMatters, signMatters } from './exclusions.js';
import * as syntax from './syntax.js';

/** The rules below, by what they change. */
export type Kind = 'term' | 'value' | 'constant' | 'sign' | 'bound' | 'condition' | 'extreme' | 'angle';

/** One replacement of text in a compiled module. */
export interface Mutation {
  kind: Kind;
  /** The text replaced, from `start` up to `end`. */
  start: number;
  end: number;
  replacement: string;
  /** Counted from 1. */
  line: number;
  /** The functions around it and what it gives a value, outermost first, joined by dots: `solve.state[1]`. */
  place: string;
}

/** The node that a rule replaces, and by what; undefined where the rule does not apply. */
type Change = { at: ts.Node; replacement: string } | undefined;

const { SyntaxKind } = ts;

const TURNED = new Map<ts.SyntaxKind, string>([
  [SyntaxKind.PlusToken, '-'],
  [SyntaxKind.MinusToken, '+'],
  [SyntaxKind.PlusEqualsToken, '-='],
  [SyntaxKind.MinusEqualsToken, '+='],
]);
const OPPOSITE = new Map<ts.SyntaxKind, string>([
  [SyntaxKind.LessThanToken, '>='],
  [SyntaxKind.LessThanEqualsToken, '>'],
  [SyntaxKind.GreaterThanToken, '<='],
  [SyntaxKind.GreaterThanEqualsToken, '<'],
]);
const OTHER_EXTREME = new Map([
  ['min', 'Math.max'],
  ['max', 'Math.min'],
]);
const OTHER_ANGLE = new Map([
  ['sin', 'Math.cos'],
  ['cos', 'Math.sin'],
]);

function twice(node: ts.Node): Change {
  return scaleMatters(node) ? { at: node, replacement: `(2 * (${node.getText()}))` } : undefined;
}

/** Another operator in place of that of a binary expression. */
function otherOperator(node: ts.Node, others: ReadonlyMap<ts.SyntaxKind, string>): Change {
  if (!ts.isBinaryExpression(node)) return undefined;
  const replacement = others.get(node.operatorToken.kind);
  return replacement === undefined ? undefined : { at: node.operatorToken, replacement };
}

/** Another function of Math in place of the one called. */
function otherFunction(node: ts.Node, others: ReadonlyMap<string, string>): Change {
  const replacement = others.get(syntax.mathFunction(node) ?? '');
  return replacement === undefined ? undefined : { at: (node as ts.CallExpression).expression, replacement };
}

/** Whether an expression is added or taken away. */
function isTerm(node: ts.Node): boolean {
  const { parent } = node;
  if (syntax.isSum(parent)) return node === parent.right || (node === parent.left && !syntax.isSum(node));
  return syntax.isAssignment(parent) && TURNED.has(parent.operatorToken.kind) && node === parent.right;
}

/** Whether an expression is a whole product, a function's value or what is written to an element. */
function isValue(node: ts.Node): boolean {
  const place = syntax.around(node);
  if (syntax.isSum(place) || syntax.isProduct(place) || isTerm(node)) return false;
  if (syntax.isPower(place)) return false;
  if (syntax.isProduct(node) || syntax.isPower(node) || syntax.mathFunction(node) !== undefined) return true;
  return (
    syntax.isAssignment(place) &&
    place.operatorToken.kind === SyntaxKind.EqualsToken &&
    ts.isElementAccessExpression(place.left) &&
    node !== place.left &&
    (ts.isIdentifier(node) || ts.isCallExpression(node) || ts.isElementAccessExpression(node))
  );
}

/** Whether a number is an exponent or all of a result, and not 0. */
function isConstant(node: ts.Node): node is ts.NumericLiteral {
  if (!ts.isNumericLiteral(node) || Number(node.text) === 0) return false;
  const place = syntax.around(node);
  if (syntax.isPower(place)) return node !== place.left;
  return (
    ts.isReturnStatement(place) ||
    ts.isArrowFunction(place) ||
    ts.isConditionalExpression(place) ||
    ts.isArrayLiteralExpression(place) ||
    ts.isVariableDeclaration(place) ||
    (syntax.isAssignment(place) && !TURNED.has(place.operatorToken.kind))
  );
}

function isCondition(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isIfStatement(parent)) return node === parent.expression;
  return ts.isConditionalExpression(parent) && node === parent.condition;
}

function signTurned(node: ts.Node): Change {
  if (syntax.isNegative(node))
    return signMatters(node) ? { at: node, replacement: node.operand.getText() } : undefined;
  return syntax.isSum(node) || syntax.isAssignment(node) ? otherOperator(node, TURNED) : undefined;
}

function isZero(node: ts.Node): boolean {
  return ts.isNumericLiteral(node) && Number(node.text) === 0;
}

const RULE_OF: Readonly<Record<Kind, (node: ts.Node) => Change>> = {
  term: (node) => (isTerm(node) && !isZero(node) ? twice(node) : undefined),
  value: (node) => (isValue(node) ? twice(node) : undefined),
  constant: (node) => (isConstant(node) ? { at: node, replacement: `${2 * Number(node.text)}` } : undefined),
  sign: signTurned,
  bound: (node) => (isCondition(node) ? undefined : otherOperator(node, OPPOSITE)),
  condition: (node) => (isCondition(node) ? { at: node, replacement: `!(${node.getText()})` } : undefined),
  extreme: (node) => otherFunction(node, OTHER_EXTREME),
  angle: (node) => otherFunction(node, OTHER_ANGLE),
};

const RULES = Object.entries(RULE_OF) as [Kind, (node: ts.Node) => Change][];

/** The name of a function, or of what is given a value: a variable, a property, a list, one of its elements by number. */
function nameOf(node: ts.Node): string | undefined {
  if (ts.isFunctionLike(node) || ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)) {
    return node.name && !ts.isObjectBindingPattern(node.name) && !ts.isArrayBindingPattern(node.name)
      ? node.name.getText()
      : undefined;
  }
  if (!syntax.isAssignment(node)) return undefined;
  const { left } = node;
  if (ts.isIdentifier(left) || ts.isPropertyAccessExpression(left)) return left.getText();
  if (!ts.isElementAccessExpression(left)) return undefined;
  return (ts.isNumericLiteral(left.argumentExpression) ? left : left.expression).getText();
}

/**
 * The mutations of a compiled module, in the order of their places.
 *
 * @param source its text
 */
export function mutationsOf(source: string): Mutation[] {
  const file = ts.createSourceFile('module.js', source, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const found: Mutation[] = [];
  function visit(node: ts.Node, around: readonly string[]): void {
    if (isLeftOut(node)) return;
    const name = nameOf(node);
    const place = name === undefined ? around : [...around, name];
    for (const [kind, rule] of RULES) {
      const change = rule(node);
      if (!change) continue;
      const start = change.at.getStart();
      const line = file.getLineAndCharacterOfPosition(start).line + 1;
      const end = change.at.getEnd();
      found.push({ kind, start, end, replacement: change.replacement, line, place: place.join('.') });
    }
    descend(node, place);
  }
  function descend(node: ts.Node, place: readonly string[]): void {
    ts.forEachChild(node, (child) => {
      visit(child, place);
    });
  }
  descend(file, []);
  return found;
}

/** The text of a module with one mutation made. */
export function mutated(source: string, { start, end, replacement }: Mutation): string {
  return source.slice(0, start) + replacement + source.slice(end);
}
