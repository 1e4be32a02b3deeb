import ts from 'typescript';

const { SyntaxKind } = ts;

const isText = (node: ts.Node): boolean => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);

function hasOperator(node: ts.Node, ...kinds: ts.SyntaxKind[]): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && kinds.includes(node.operatorToken.kind);
}

/** Whether an expression adds or takes away numbers; texts put together are none. */
export function isSum(node: ts.Node): node is ts.BinaryExpression {
  return hasOperator(node, SyntaxKind.PlusToken, SyntaxKind.MinusToken) && !joinsTexts(node);
}

function joinsTexts(node: ts.Node): boolean {
  if (!hasOperator(node, SyntaxKind.PlusToken)) return isText(node);
  return joinsTexts(node.left) || joinsTexts(node.right);
}

/** Whether an expression is a product or a quotient. */
export function isProduct(node: ts.Node): node is ts.BinaryExpression {
  return hasOperator(node, SyntaxKind.AsteriskToken, SyntaxKind.SlashToken);
}

/** Whether an expression is a power. */
export function isPower(node: ts.Node): node is ts.BinaryExpression {
  return hasOperator(node, SyntaxKind.AsteriskAsteriskToken);
}

/** Whether a statement writes a value to a variable or an element, alone or added to what is there. */
export function isAssignment(node: ts.Node): node is ts.BinaryExpression {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind >= SyntaxKind.FirstAssignment &&
    node.operatorToken.kind <= SyntaxKind.LastAssignment
  );
}

/** Whether an expression compares two numbers by size. */
export function isComparison(node: ts.Node): node is ts.BinaryExpression {
  const { LessThanToken, LessThanEqualsToken, GreaterThanToken, GreaterThanEqualsToken } = SyntaxKind;
  return hasOperator(node, LessThanToken, LessThanEqualsToken, GreaterThanToken, GreaterThanEqualsToken);
}

/** Whether an expression asks whether two values are the same. */
export function isEquality(node: ts.Node): node is ts.BinaryExpression {
  return hasOperator(node, SyntaxKind.EqualsEqualsEqualsToken, SyntaxKind.ExclamationEqualsEqualsToken);
}

export function isNegative(node: ts.Node): node is ts.PrefixUnaryExpression {
  return ts.isPrefixUnaryExpression(node) && node.operator === SyntaxKind.MinusToken;
}

/** The name of the function of Math that an expression calls. */
export function mathFunction(node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const { expression, name } = node.expression;
  return ts.isIdentifier(expression) && expression.text === 'Math' ? name.text : undefined;
}

/** The nearest node around an expression that is neither brackets nor a minus sign. */
export function around(node: ts.Node): ts.Node {
  const { parent } = node;
  return ts.isParenthesizedExpression(parent) || isNegative(parent) ? around(parent) : parent;
}
