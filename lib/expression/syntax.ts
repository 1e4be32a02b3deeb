/** What mathjs makes of a text: the nodes that an expression may hold, and any other. */
export type SyntaxNode =
  | Readonly<{ type: 'ConstantNode'; value: unknown }>
  | Readonly<{ type: 'SymbolNode'; name: string }>
  | Readonly<{ type: 'ParenthesisNode'; content: SyntaxNode }>
  | Readonly<{ type: 'OperatorNode'; op: string; fn: string; args: readonly SyntaxNode[] }>
  | Readonly<{ type: 'FunctionNode'; fn: SyntaxNode; args: readonly SyntaxNode[]; optional: boolean }>
  | Readonly<{ type: 'ConditionalNode'; condition: SyntaxNode; trueExpr: SyntaxNode; falseExpr: SyntaxNode }>
  | Readonly<{ type: 'RelationalNode'; conditionals: readonly string[]; params: readonly SyntaxNode[] }>
  | Readonly<{ type: 'AccessorNode' | 'AssignmentNode' | 'FunctionAssignmentNode' | 'RangeNode' }>
  | Readonly<{ type: 'ArrayNode' | 'BlockNode' | 'IndexNode' | 'ObjectNode' }>;

/** Greatest depth of brackets, and of terms within terms. */
export const MAXIMUM_DEPTH = 100;
const MAXIMUM_LENGTH = 1000;

/**
 * The syntax tree of a text, by mathjs, which is loaded at the first call.
 *
 * Checked before mathjs sees it: the length, the depth of brackets and the characters. Without %, for which mathjs
 * tries two readings in turn, its time stays proportional to the length.
 *
 * @param reject throws the error for a text that is not allowed
 */
export async function syntaxTree(text: string, reject: (problem: string) => never): Promise<SyntaxNode> {
  checkText(text, reject);
  const { default: mathjs } = await import('mathjs/lib/browser/math.js');
  try {
    return mathjs.parse(text.replace(/\s/g, ' ')) as SyntaxNode;
  } catch (error) {
    if (!(error instanceof SyntaxError)) return reject('cannot be read');
    return reject(inOurWords(error.message));
  }
}

/** A text in quotes on one line, control characters and marks of direction escaped. */
export function quoted(text: string): string {
  const escape = (mark: string): string => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escape);
}

function checkText(text: string, reject: (problem: string) => never): void {
  if (text.length > MAXIMUM_LENGTH) {
    reject(`must have at most ${MAXIMUM_LENGTH} characters; got ${text.length}`);
  }
  if (text.trim() === '') reject('must not be empty');
  const odd = /[^\w\s.,+\-*/^()<>=?:]/u.exec(text);
  if (odd) reject(`character ${quoted(odd[0])} at position ${odd.index + 1} is not allowed`);
  if (/(?<![\w.])0[box]/.test(text)) reject('numbers must be decimal');
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (depth > MAXIMUM_DEPTH) reject(`brackets must be nested at most ${MAXIMUM_DEPTH} deep`);
  }
}

/** "Value expected (char 3)" becomes "value expected at position 3". */
function inOurWords(message: string): string {
  const said = message.replace(/\s+/g, ' ').replace(/ \(char (\d+)\)$/, ' at position $1');
  return said.charAt(0).toLowerCase() + said.slice(1);
}
