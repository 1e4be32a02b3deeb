/** The environment without what asks for colours: what a child prints is compared with text, on whatever terminal the tests run. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const { FORCE_COLOR, NO_COLOR, CLICOLOR_FORCE, NODE_DISABLE_COLORS, ...rest } = process.env;
  return rest;
}
