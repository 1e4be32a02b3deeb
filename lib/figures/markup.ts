import { rangeError } from '../foundation/checks.js';

/** A stretch of a label in one face at one height: `level` 0 on the line, 1 a superscript, −1 a subscript. */
export interface Span {
  readonly text: string;
  readonly italic: boolean;
  readonly level: -1 | 0 | 1;
}

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺';
const lowered = '₀₁₂₃₄₅₆₇₈₉₋₊';
const plain = '0123456789-+';
const wordHyphen = '\u2010';

// Characters that people type, and the ones that the fonts have in their place.
const replacements: Record<string, string> = {
  [wordHyphen]: '-',
  '-': '−',
  '·': '⋅',
  '‖': '∥',
  '*': '∗',
  µ: 'μ',
  "'": '’',
};

/** One spelling for each thing: scripts always in braces, typed script digits as scripts, hyphens told from minus signs. */
function normalize(label: string): string {
  const spell = (from: string, sign: string) => (text: string) =>
    `${sign}{${Array.from(text, (digit) => plain[from.indexOf(digit)]).join('')}}`;
  return label
    .normalize('NFC')
    .replace(new RegExp(`[${raised}]+`, 'gu'), spell(raised, '^'))
    .replace(new RegExp(`[${lowered}]+`, 'gu'), spell(lowered, '_'))
    .replace(/(?<!\\)([_^])(\\.|[^{\\])/gu, '$1{$2}')
    .replace(/(?<=[A-Za-z0-9])-(?=[A-Za-z]{2})|(?<=[A-Za-z]{2})-(?=[A-Za-z0-9])/gu, wordHyphen);
}

const isLatin = (character: string | undefined): boolean =>
  character !== undefined && /[A-Za-z]/u.test(character);
const isLowerGreek = (character: string): boolean => /[α-ωϑϕϖϱϵ]/u.test(character);

/** Whether the character at `index` is a variable: a lower-case Greek letter, or a Latin one on its own. */
function isVariable(characters: readonly string[], index: number): boolean {
  const character = characters[index]!;
  const alone = !isLatin(characters[index - 1]) && !isLatin(characters[index + 1]);
  return isLowerGreek(character) || (isLatin(character) && alone);
}

/**
 * Reads the markup of a label.
 *
 * Lower-case Greek letters and single Latin letters are variables and come out italic, words and digits upright;
 * `_` and `^` lower and raise the next character or a group in braces; `-` is a minus sign unless it joins words; a
 * backslash sets the next character upright as it stands.
 *
 * @param label the markup
 * @param name the argument it came from, for the error
 * @returns spans in reading order
 * @throws RangeError for a `_` or `^` with nothing after it or inside another, and for braces without a partner
 * @example parseLabel('η_{max} = 10^{-3}') // η italic; max lowered; = 10; −3 raised
 */
export function parseLabel(label: string, name = 'label'): readonly Span[] {
  const characters = Array.from(normalize(label));
  const spans: { text: string; italic: boolean; level: -1 | 0 | 1 }[] = [];
  let level: -1 | 0 | 1 = 0;
  const add = (text: string, italic: boolean): void => {
    const last = spans.at(-1);
    if (last?.italic === italic && last.level === level) last.text += text;
    else spans.push({ text, italic, level });
  };
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index]!;
    if (character === '\\' && index + 1 < characters.length) add(characters[++index]!, false);
    else if (level === 0 && (character === '_' || character === '^') && characters[index + 1] === '{') {
      level = character === '^' ? 1 : -1;
      index++;
    } else if (character === '}' && level !== 0) level = 0;
    else if ('_^{}'.includes(character)) {
      throw rangeError(name, 'markup where each _ or ^ is followed by one character or {…}', label);
    } else add(replacements[character] ?? character, isVariable(characters, index));
  }
  if (level !== 0) throw rangeError(name, 'markup with a } for each {', label);
  return spans;
}
