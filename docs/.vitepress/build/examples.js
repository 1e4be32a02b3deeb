// One page with all programs of docs/examples: the first comment line of each is its title.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { root } from './places.js';

/** The page, or undefined where there are no examples. */
export function examplesPage() {
  const folder = `${root}docs/examples`;
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.ts')) : [];
  if (names.length === 0) return undefined;
  const sections = names.sort().map((name) => {
    const [first, ...rest] = readFileSync(`${folder}/${name}`, 'utf8').split('\n');
    const title = /^\/\/ (.*?)\.?$/.exec(first)?.[1];
    if (title === undefined)
      throw new Error(`docs/examples/${name} must begin with a comment line, its title`);
    const anchor = name.replace(/\.ts$/, '');
    return `## ${anchor} {#${anchor}}\n\n${title} (\`${name}\`).\n\n\`\`\`ts\n${rest.join('\n').trim()}\n\`\`\`\n`;
  });
  return `# Examples\n\nPrograms that run as they stand, kept in \`docs/examples\`.\n\n${sections.join('\n')}`;
}
