// The API reference: one Markdown page for each room, from the doc comments. Every warning of typedoc is an error.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { Application, LogLevel } from 'typedoc';
import ts from 'typescript';
import { entries, pages, root } from './places.js';
import { rooms } from './rooms.js';

/** The exports of lib/index.ts as they stand there, by the folder they come from. */
function exportsByRoom() {
  const text = readFileSync(`${root}lib/index.ts`, 'utf8');
  const source = ts.createSourceFile('index.ts', text, ts.ScriptTarget.Latest);
  const exported = new Map();
  for (const statement of source.statements.map((node) => node.getText(source))) {
    const room = /from '\.\/(\w+)\//.exec(statement)?.[1];
    exported.set(room, [...(exported.get(room) ?? []), statement]);
  }
  return exported;
}

/** An entry for each room: typedoc makes a page of an entry. */
function writeEntries() {
  rmSync(entries, { recursive: true, force: true });
  mkdirSync(entries, { recursive: true });
  const library = relative(entries, `${root}lib`);
  const exported = exportsByRoom();
  for (const { name, entry, about } of rooms) {
    const lines = entry ? [`export * from './${entry.replace(/\.ts$/, '.js')}';`] : exported.get(name);
    exported.delete(name);
    const text = lines.join('\n').replaceAll("from './", `from '${library}/`);
    writeFileSync(`${entries}/${name}.ts`, `/**\n * ${about}\n *\n * @packageDocumentation\n */\n${text}\n`);
  }
  const left = [...exported.keys()];
  if (left.length > 0) throw new Error(`lib/index.ts exports from rooms without a page: ${left.join(', ')}`);
}

const options = {
  entryPoints: rooms.map(({ name }) => `${entries}/${name}.ts`),
  tsconfig: `${root}docs/.vitepress/tsconfig.json`,
  out: `${pages}/api`,
  plugin: ['typedoc-plugin-markdown'],
  name: 'API',
  readme: 'none',
  disableSources: true,
  sort: ['source-order'],
  groupOrder: ['Functions', 'Variables', 'Interfaces', 'Type Aliases'],
  excludeExternals: true,
  validation: { notExported: true, invalidLink: true, invalidPath: true, notDocumented: true },
  packagesRequiringDocumentation: ['order-parameters'],
  // Properties are not among them: where name, type and the comment of their interface say all, none is asked for.
  requiredToBeDocumented: ['Class', 'Function', 'Method', 'Variable', 'Interface', 'TypeAlias', 'Enum'],
  treatWarningsAsErrors: true,
  treatValidationWarningsAsErrors: true,
  logLevel: LogLevel.Warn,
  // Of typedoc-plugin-markdown.
  router: 'module',
  entryFileName: 'index',
  hidePageHeader: true,
  hideBreadcrumbs: true,
  // Headings of one slug are numbered in another order than links to them; links lead to anchors beside the headings.
  useHTMLAnchors: true,
  anchorPrefix: 'of-',
  useCodeBlocks: true,
  expandParameters: true,
  expandObjects: true,
  sanitizeComments: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  pageTitleTemplates: { index: 'API', module: ({ name }) => name },
};

/** Generates the pages; throws where typedoc has anything to say. */
export async function generateApi() {
  writeEntries();
  const application = await Application.bootstrapWithPlugins(options);
  const project = await application.convert();
  if (project === undefined) throw new Error('typedoc could not read the library');
  application.validate(project);
  if (application.logger.hasErrors() || application.logger.hasWarnings())
    throw new Error('typedoc has found the problems above');
  await application.generateOutputs(project);
  if (application.logger.hasErrors() || application.logger.hasWarnings())
    throw new Error('typedoc has found the problems above');
}
