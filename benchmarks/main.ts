import { commandLine } from './command-line.js';

const mistake = await commandLine(process.argv.slice(2));
if (mistake !== undefined) {
  process.stderr.write(`error: ${mistake}\n`);
  process.exitCode = 2;
}
