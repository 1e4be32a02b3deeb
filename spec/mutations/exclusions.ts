import ts from 'typescript';
import { around, isComparison, isEquality, isPower, isProduct, isSum, mathFunction } from './syntax.js';

// Code whose mutants say nothing of the specs, whoever wrote them: told by its syntax.

type Test = (node: ts.Node) => boolean;

/** What moves a loop on: turned, it runs never or for ever, and an index out of bounds reads and writes nothing. */
const isLoopHeader: Test = (node) => {
  const { parent } = node;
  if (ts.isForStatement(parent)) return node !== parent.statement;
  return ts.isWhileStatement(parent) || ts.isDoStatement(parent) ? node === parent.expression : false;
};

/** Where a number is kept: a place moved for writing and reading alike holds the same number. */
const isIndex: Test = (node) => {
  const { parent } = node;
  if (ts.isElementAccessExpression(parent)) return node === parent.argumentExpression;
  return (
    ts.isCallExpression(parent) &&
    node !== parent.expression &&
    ts.isPropertyAccessExpression(parent.expression) &&
    ['subarray', 'slice', 'fill', 'at'].includes(parent.expression.name.text)
  );
};

/** The length of a buffer: a longer one holds as much. */
const isLength: Test = (node) => {
  const { parent } = node;
  if (ts.isNewExpression(parent)) return /Array$/.test(parent.expression.getText());
  return ts.isPropertyAssignment(parent) && parent.name.getText() === 'length';
};

/** What is said to a person; the specs ask what is wrong, not for each number in the words. */
const isMessage: Test = (node) => ts.isThrowStatement(node) || ts.isTemplateExpression(node);

const isImport: Test = (node) => ts.isImportDeclaration(node) || ts.isExportDeclaration(node);

const isCapital = (name: string): boolean => /^[A-Z][A-Z0-9_]*$/.test(name);

/** Whether an expression is made of numbers alone, and of names in capitals for such: 60, 1e-3, 2 ** 32, COUNT - 1. */
function isPlainNumber(node: ts.Node): boolean {
  if (ts.isPrefixUnaryExpression(node)) return isPlainNumber(node.operand);
  if (ts.isParenthesizedExpression(node)) return isPlainNumber(node.expression);
  if (ts.isBinaryExpression(node)) return isPlainNumber(node.left) && isPlainNumber(node.right);
  return ts.isNumericLiteral(node) || node.getText() === 'Number.EPSILON' || isTuningName(node);
}

/**
 * A number of the module written in capitals, such as MOST_ROUNDS: a capacity, a tolerance, where one formula takes over
 * from another. Another one costs more or less, and where results depend on it they do so within their tolerances.
 */
const isTuning: Test = (node) =>
  ts.isVariableDeclaration(node) &&
  ts.isSourceFile(node.parent.parent.parent) &&
  isCapital(node.name.getText()) &&
  node.initializer !== undefined &&
  isPlainNumber(node.initializer);

/** Whether an expression is the name of such a number. */
function isTuningName(node: ts.Node): boolean {
  if (!ts.isIdentifier(node) || !isCapital(node.text)) return false;
  const declarations = node
    .getSourceFile()
    .statements.filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations);
  return declarations.some(
    (declaration) => declaration.name.getText() === node.text && isTuning(declaration),
  );
}

const isTolerance: Test = (node) =>
  isTuningName(node) || (ts.isNumericLiteral(node) && /^\d+e-/.test(node.getText()));

/** A multiple of a tolerance: what it is relative to matters as little as the tolerance does. */
const isRelativeTolerance: Test = (node) =>
  isProduct(node) &&
  [node.left, node.right].some((factor) => isTolerance(factor) || isRelativeTolerance(factor));

/** How far a long work has come, for those who wait. */
const isProgress: Test = (node) => ts.isYieldExpression(node) && !node.asteriskToken;

/** Code that no rule changes, nor anything in it. */
export function isLeftOut(node: ts.Node): boolean {
  return [
    isImport,
    isLoopHeader,
    isIndex,
    isLength,
    isMessage,
    isTuning,
    isRelativeTolerance,
    isProgress,
  ].some((test) => test(node));
}

/** Whether an expression orders a list or is an end of a bracket: the order is the same, a wider bracket holds its root. */
const isOrderOrBracket: Test = (node) => {
  const called = ts.isCallExpression(node) ? node.expression.getText() : '';
  if (called === 'bracketedRoot') return true;
  return (
    ts.isArrowFunction(node) &&
    ts.isCallExpression(node.parent) &&
    /[sS]ort(ed)?$/.test(node.parent.expression.getText())
  );
};

/**
 * Whether twice as much of an expression is another result. In a comparison it is another threshold, where mostly one
 * formula takes over from another that agrees with it; beside 0 and under Math.sign it is the same.
 */
export function scaleMatters(node: ts.Node): boolean {
  const place = around(node);
  if (isComparison(place) || isEquality(place) || mathFunction(place) === 'sign') return false;
  if (isOrderOrBracket(place)) return false;
  return isSum(place) || isProduct(place) || isPower(place) || mathFunction(place) !== undefined
    ? scaleMatters(place)
    : true;
}

/** Whether an expression with its sign turned is another one: not under an even function. */
export function signMatters(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent)) return signMatters(parent);
  if (isPower(parent) && node === parent.left) return Number(parent.right.getText()) % 2 !== 0;
  return !['abs', 'cos', 'cosh', 'hypot'].includes(mathFunction(parent) ?? '');
}
