import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const entries = [
  'lib/index.ts',
  ...['figures', 'networks', 'sweep', 'sweep/queue'].map((room) => `lib/${room}/index.ts`),
];

/** The package without what it imports from others and without the standard library: enough to find declarations, and fast. */
function programOfPackage(): ts.Program {
  const options: ts.CompilerOptions = { target: ts.ScriptTarget.ES2022, noLib: true, types: [] };
  const host = ts.createCompilerHost(options);
  host.resolveModuleNameLiterals = (literals, from) =>
    literals.map(({ text }) => {
      if (!text.startsWith('.')) return { resolvedModule: undefined };
      const resolvedFileName = join(dirname(from), text.replace(/\.js$/, '.ts'));
      return { resolvedModule: { resolvedFileName, extension: ts.Extension.Ts } };
    });
  return ts.createProgram(entries, options, host);
}

const program = programOfPackage();
const checker = program.getTypeChecker();

/** Declarations of a name, followed through imports. */
function declarationsOf(symbol: ts.Symbol | undefined): readonly ts.Declaration[] {
  if (symbol === undefined) return [];
  const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
  return (isAlias ? checker.getAliasedSymbol(symbol) : symbol).declarations ?? [];
}

/** Everything that the package exports, by its declarations. */
function exportedDeclarations(): ts.Declaration[] {
  const symbols = entries.flatMap((entry) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(entry)!);
    return checker.getExportsOfModule(module!);
  });
  return [...new Set(symbols.flatMap(declarationsOf))];
}

function hasComment(node: ts.Node): boolean {
  return ts.getJSDocCommentsAndTags(node).length > 0;
}

function hasExample(node: ts.Node): boolean {
  return ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'example');
}

function isMember(node: ts.Node): node is ts.TypeElement | ts.PropertyDeclaration {
  return ts.isPropertySignature(node) || ts.isMethodSignature(node) || ts.isPropertyDeclaration(node);
}

/** Where a node stands, and what it is called. */
function placeOf(node: ts.NamedDeclaration): string {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart());
  return `${relative('.', file.fileName)}:${line + 1} ${node.name?.getText() ?? ''}`;
}

/** Members of the types that a declaration shows, those of the interfaces that it extends included. */
function membersOf(declaration: ts.Node, seen = new Set<ts.Node>()): ts.NamedDeclaration[] {
  const members: ts.NamedDeclaration[] = [];
  function visit(node: ts.Node): void {
    if (ts.isBlock(node) || seen.has(node)) return;
    seen.add(node);
    if (isMember(node)) members.push(node);
    if (ts.isExpressionWithTypeArguments(node))
      declarationsOf(checker.getSymbolAtLocation(node.expression)).forEach(visit);
    ts.forEachChild(node, visit);
  }
  visit(declaration);
  return members;
}

const exported = exportedDeclarations();

/** Functions without an example: they need a server of Redis, or files that a sweep wrote. */
const unshown = ['mergeResults', 'readResults', 'sweepQueue', 'workOnQueue'];

describe('comments of what the package exports', () => {
  it('stand at every declaration', () => {
    expect(exported.length).toBeGreaterThan(100);
    expect(exported.filter((declaration) => !hasComment(declaration)).map(placeOf)).toEqual([]);
  });

  it('stand at every property', () => {
    const seen = new Set<ts.Node>();
    const members = exported.flatMap((declaration) => membersOf(declaration, seen));
    expect(members.length).toBeGreaterThan(250);
    expect(members.filter((member) => !hasComment(member)).map(placeOf)).toEqual([]);
  });

  it('show every function at work', () => {
    const functions = exported.filter(ts.isFunctionDeclaration);
    expect(functions.length).toBeGreaterThan(50);
    const silent = functions.filter((declaration) => !hasExample(declaration));
    expect(silent.map(({ name }) => name?.text).sort()).toEqual(unshown);
  });
});
