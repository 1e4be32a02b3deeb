import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { commands } from '../../lib/commands/index.js';
import { kebab } from '../../lib/cli/usage-error.js';
import { describedEntries } from '../../lib/config/described.js';

const script = pathToFileURL(resolve('docs/.vitepress/build/commands-page.js')).href;
const { commandsPage } = (await import(script)) as { commandsPage: () => Promise<string> };
const page = await commandsPage();

/** The part of the page that is about one command. */
function sectionOf(name: string): string {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${name} {#${name}}`));
  if (section === undefined) throw new Error(`the page has no section of ${name}`);
  return section;
}

describe.each(commands.map(({ name, load }) => [name, load] as const))('the page on %s', (name, load) => {
  it('has a row for each entry, with its option, its default and what it is', async () => {
    const section = sectionOf(name);
    const { command } = await load();
    for (const entry of describedEntries(command.schema)) {
      const row = section.split('\n').find((line) => line.startsWith(`| \`${entry.name}\` |`));
      expect(row).toBeDefined();
      expect(row).toContain(entry.fileOnly ? 'in files only' : `\`--${kebab(entry.name)}`);
      expect(row!.replaceAll('&lt;', '<')).toContain(entry.help);
      expect(row).toContain(entry.required ? 'must be given' : (entry.fallback ?? '|  |'));
    }
  });

  it('shows its example', async () => {
    const { command } = await load();
    expect(sectionOf(name)).toContain(command.example.split('\n')[0]);
  });

  it('has words for every entry', async () => {
    const { command } = await load();
    expect(describedEntries(command.schema).filter(({ help }) => help === '')).toEqual([]);
  });
});

it('the page is of the commands there are', () => {
  expect([...page.matchAll(/^## (\S+) /gm)].map(([, name]) => name)).toEqual(
    commands.map(({ name }) => name),
  );
});
