/** Bad usage: one line on standard error, exit status 2. */
export class UsageError extends Error {}

/** The name of an entry as an option has it. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The library names arguments in `camelCase`; on the command line they are --options. */
export function inOptionWords(message: string): string {
  return message.replace(/`([a-zA-Z]+)((?:[.[(][^`]*)?)`/g, (whole, name: string, rest: string) => {
    if (name === 'initial') return `--initial${rest.replace('.', ' ')}`;
    return rest === '' || rest.startsWith('[') || rest.startsWith('(') ? `--${kebab(name)}${rest}` : whole;
  });
}
