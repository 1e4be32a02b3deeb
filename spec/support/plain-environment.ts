const COLOURS = ['FORCE_COLOR', 'NO_COLOR', 'CLICOLOR_FORCE', 'NODE_DISABLE_COLORS'];

/** The environment without what asks for colours: what a child prints is compared with text, on whatever terminal the tests run. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !COLOURS.includes(name)));
}
