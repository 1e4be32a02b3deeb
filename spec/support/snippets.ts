import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';

/** A piece of code in a comment or a page, to be run as it stands. */
export interface Snippet {
  readonly title: string;
  readonly code: string;
  /** Module, relative to the compiled tree, whose exports the code may use besides the package's own. */
  readonly module?: string;
}

/** Files below a folder whose names end so. */
export function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name))
    .sort();
}

/** The @example blocks of a source file. */
export function examplesOf(path: string): Snippet[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/\* @example[ \t]*([^\n]*)\n((?:[ \t]*\* [^@][^\n]*\n)*)[ \t]*\*\//g)].map(
    (match) => {
      const body = match[2].split('\n').map((line) => line.replace(/^[ \t]*\* ?/, ''));
      const line = text.slice(0, match.index).split('\n').length;
      return {
        title: `${path}:${line}`,
        code: [match[1], ...body].join('\n').trim(),
        module: relative('lib', path).replace(/\.ts$/, '.js'),
      };
    },
  );
}

/** What a line `expression; // text` claims: a literal at the start of the text or after its last equals sign. */
export function claimOf(comment: string): string | undefined {
  const plain = comment.replaceAll('−', '-');
  const literal = /^(-?\d+(?:\.\d*)?(?:e[-+]?\d+)?(?:\.\.\.)?(?![\w/·])|true|false|'[^']*'|\[[^\]]*\])/;
  return literal.exec(plain)?.[0] ?? literal.exec(plain.split('= ').at(-1)!)?.[0];
}

/** Turns `expression; // claim` into a check of the claim, to the digits that are shown. */
function withChecks(code: string): string {
  return code
    .split('\n')
    .map((line) => {
      const match = /^(.*); \/\/ (.*)$/.exec(line);
      const claim =
        match === null || /^(const|let|return|import) /.test(match[1]) ? undefined : claimOf(match[2]);
      return claim === undefined ? line : `__check(${match![1]}, ${JSON.stringify(claim)});`;
    })
    .join('\n');
}

/** Whether a value is what a claim shows: numbers rounded to its last digit, or cut off before dots. */
export function agrees(value: unknown, claim: string): boolean {
  if (typeof value !== 'number')
    return JSON.stringify(value) === JSON.stringify(JSON.parse(claim.replaceAll("'", '"')));
  const digits = claim.replace('...', '');
  const [mantissa = '', exponent = '0'] = digits.split('e');
  const unit = 10 ** (Number(exponent) - (mantissa.split('.')[1]?.length ?? 0));
  const excess = Math.abs(value) - Math.abs(Number(digits));
  if (claim.endsWith('...')) return excess >= 0 && excess < unit;
  return Math.abs(value - Number(digits)) <= 0.5001 * unit + 4e-16 * Math.abs(value);
}

const context = `
const rule = core.weightNormalization({ activation: core.relu, learningRate: 0.5, gammaDecay: 0.2 });
const initial = { gamma: 0.5, overlap: 0.1, length: 0.8 };
const times = [0, 1, 2];
const family = (learningRate) => core.weightNormalization({ activation: core.relu, learningRate });
const figure = {
  columns: 1, panelWidth: 244, panelHeight: 180,
  panels: [{ x: { label: 't' }, y: { label: 'R' }, series: [{ label: 'theory', kind: 'line', style: { color: 'blue' }, x: [0, 1], y: [0, 1] }] }],
};
const aligned = core.alignedFixedPoint((learningRate) => core.sgd({ activation: core.relu, learningRate }), 1);
`;

/** A module that runs the body with the names of the package, and of one of its modules, in scope. */
async function moduleWithNames(body: string, module: string): Promise<string> {
  const library = pathToFileURL(resolve('.build/lib')).href;
  const [core, own] = [`${library}/index.js`, `${library}/${module}`];
  const networks = `${library}/networks/index.js`;
  const streams = `${library}/random/random-stream.js`;
  const exported = await Promise.all(
    [core, networks, own, streams].map((url) => import(url) as Promise<object>),
  );
  const names = new Set(exported.flatMap(Object.keys));
  return `import * as core from '${core}';
import * as networks from '${networks}';
import * as own from '${own}';
import * as streams from '${streams}';
${context}
export default async function (__check) {
  const { ${[...names].join(', ')} } = { ...core, ...networks, ...streams, ...own };
  {\n${body}\n}
}`;
}

/** TypeScript without its types; what is imported stays, used or not. */
function javaScriptOf(code: string): string {
  const { ES2022: module } = ts.ModuleKind;
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module, verbatimModuleSyntax: true };
  return ts.transpileModule(code, { compilerOptions }).outputText;
}

/** Runs a snippet in a module of its own; gives back the claims that failed. */
export async function runSnippet({ code, module }: Snippet, name: string): Promise<string[]> {
  const imports = code.match(/^import [\s\S]*?;$/gm) ?? [];
  // An object on its own would be read as a block.
  const statement = code.startsWith('{') ? `(${code})` : code;
  const checked = withChecks(imports.reduce((rest, line) => rest.replace(line, ''), statement));
  const body = javaScriptOf(checked);
  const text =
    module === undefined
      ? `${javaScriptOf(imports.join('\n'))}\nexport default async function (__check) {\n${body}\n}`
      : await moduleWithNames(body, module);
  const folder = resolve('.build/snippets');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, text);
  const failures: string[] = [];
  const { default: main } = (await import(`${pathToFileURL(path).href}?${Date.now()}`)) as {
    default: (check: (value: unknown, claim: string) => void) => Promise<void>;
  };
  await main((value, claim) => {
    if (!agrees(value, claim)) failures.push(`${claim} is shown, ${String(value)} is computed`);
  });
  return failures;
}
