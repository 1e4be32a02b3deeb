/** Most characters of a value that a message shows. */
const LONGEST = 60;
/** Most entries that are looked at. */
const MOST_ENTRIES = 20;

/** Characters that a terminal or a log does not show as they are, or takes for commands. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Text as one line of a message: cut to some length, characters that are not shown as \u escapes. */
export function printable(text: string, longest = LONGEST): string {
  const cut = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  return cut.replace(unprintable, (character) => {
    return `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`;
  });
}

/** An entry of a list: lists and objects in it are not gone into, so that cycles do no harm. */
function entry(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : '[…]';
  return typeof value === 'object' && value !== null ? '{…}' : simple(value);
}

function simple(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value);
    case 'bigint':
      return `${value}n`;
    case 'function':
      return typeof value.name === 'string' && value.name !== '' ? `function ${value.name}` : 'a function';
    default:
      return String(value);
  }
}

function objectWords(value: object): string {
  if (Array.isArray(value)) {
    // A loop, since map leaves holes out.
    const entries: string[] = [];
    for (let i = 0; i < Math.min(value.length, MOST_ENTRIES); i++) entries.push(entry(value[i]));
    return `[${entries.join(', ')}${value.length > MOST_ENTRIES ? ', …' : ''}]`;
  }
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} of ${value.byteLength} bytes`;
  const kind = Object.prototype.toString.call(value).slice('[object '.length, -1);
  if (kind !== 'Object') return kind;
  const names = Object.keys(value).slice(0, MOST_ENTRIES);
  return names.length === 0 ? '{}' : `{ ${names.join(', ')} }`;
}

/** Any value in a few words on one line; nothing of it is run. */
export function describe(value: unknown): string {
  const words = typeof value === 'object' && value !== null ? objectWords(value) : simple(value);
  // Quotation marks of a string that fits are not counted.
  return printable(words, LONGEST + 3);
}
