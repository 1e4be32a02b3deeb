#!/usr/bin/env node
import { oneLine } from '../foundation/one-line.js';
import { commandLine } from './command-line.js';

// A reader that has seen enough, such as head, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(`error: cannot write the result: ${oneLine(error.message)}\n`);
  process.exit(1);
});

const refusal = await commandLine(process.argv.slice(2));
if (refusal !== undefined) {
  process.stderr.write(`error: ${refusal.message}\n`);
  process.exitCode = refusal.status;
}
