// The page of the commands, from their schemas: what the help of the command line is made from.
import { root } from './places.js';

const library = `${root}dist/`;

/** Text in a cell of a table: no mark of it is one of the table, or of HTML. */
function cell(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('|', '\\|').replaceAll('*', '\\*');
}

function optionOf({ name, kind, symbol, fileOnly }, kebab) {
  if (fileOnly) return 'in files only';
  return kind === 'switch' ? `\`--${kebab(name)}\`` : `\`--${kebab(name)} ${symbol ?? kind}\``;
}

function rowOf(entry, kebab) {
  const { name, kind, choices, help, unit, required, fallback } = entry;
  const chosen = kind === 'choice' ? `: ${choices.map((choice) => `\`${choice}\``).join(', ')}` : '';
  const said = `${cell(help)}${chosen}${unit === undefined ? '' : ` (in ${cell(unit)})`}`;
  const otherwise = required ? 'must be given' : cell(fallback ?? '');
  return `| \`${name}\` | ${optionOf(entry, kebab)} | ${said} | ${otherwise} |`;
}

const head = `# Commands

What every command takes. An entry of a configuration file is an option of the command line, and a parameter that a
sweep can vary and a recipe of a figure can set. Editors complete and check files by \`order-parameters schema COMMAND\`.
`;

/** The page in Markdown, of the library as it is built. */
export async function commandsPage() {
  const { commands } = await import(`${library}commands/index.js`);
  const { describedEntries } = await import(`${library}config/described.js`);
  const { kebab } = await import(`${library}cli/usage-error.js`);
  const sections = [];
  for (const { name, summary, load } of commands) {
    const { command } = await load();
    const rows = describedEntries(command.schema).map((entry) => rowOf(entry, kebab));
    sections.push(
      `## ${name} {#${name}}`,
      `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
      `\`\`\`text\n${command.example.replace(/^ {2}(?=\S)/gm, '')}\n\`\`\``,
      `| entry | option | what it is | default |\n| --- | --- | --- | --- |\n${rows.join('\n')}`,
    );
  }
  return `${head}\n${sections.join('\n\n')}\n`;
}
