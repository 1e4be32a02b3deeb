import { existsSync, readFileSync } from 'node:fs';
import { filesBelow, type Snippet } from './snippets.js';

/** A fenced block of a page, with what stands behind its opening fence. */
export interface Fence extends Snippet {
  /** Language and whatever follows it; empty for plain text. */
  readonly info: string;
}

/** README, CONTRIBUTING, README of the benchmarks, and all pages of the documentation, without those that a tool generates. */
export function documentationPages(): string[] {
  const below = existsSync('docs') ? filesBelow('docs', '.md') : [];
  const written = below.filter((path) => !/^docs\/(node_modules|site|api|\.vitepress)\//.test(path));
  return ['README.md', 'CONTRIBUTING.md', 'benchmarks/README.md', ...written];
}

/** All fenced blocks of a page, indented ones included. */
export function fencesOf(path: string): Fence[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/^( *)(`{3,}|~{3,})([^\n]*)\n([\s\S]*?)^\1\2 *$/gm)].map((match) => ({
    title: `${path}:${text.slice(0, match.index).split('\n').length}`,
    info: match[3].trim(),
    code: match[4].replace(new RegExp(`^${match[1]}`, 'gm'), ''),
  }));
}

/** The blocks of a page in one language. */
export function fencedBlocks(path: string, language: string): Fence[] {
  return fencesOf(path).filter(({ info }) => info === language);
}

/** The lines of a block of commands, those that go on after a backslash joined. */
export function commandLines({ code }: Snippet): string[] {
  return code
    .replaceAll(/ *\\\n */g, ' ')
    .split('\n')
    .map((line) => line.replace(/(^| +)#.*/, ''))
    .filter((line) => line !== '');
}

/** The words of a command of this package as a shell splits them, without its name; undefined for other commands. */
export function wordsOf(line: string): string[] | undefined {
  const own = /^(?:npx )?order-parameters (.*)$/.exec(line);
  if (own === null) return undefined;
  return [...own[1].matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted || plain);
}

/** The name of the file that a block shows, which its first line tells as `# NAME`. */
export function fileShown({ code }: Snippet): string | undefined {
  return /^# ([\w.-]+\.\w+)$/m.exec(code.split('\n')[0])?.[1];
}
