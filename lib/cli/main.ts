#!/usr/bin/env node
import { oneLine } from '../config/one-line.js';
import { commandLine, refusalOf, type Refusal } from './command-line.js';

// A reader that has seen enough, such as head, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(`error: cannot write the result: ${oneLine(error.message)}\n`);
  process.exit(1);
});

function report({ status, message }: Refusal): void {
  process.stderr.write(`error: ${message}\n`);
  process.exitCode = status;
}

// What is thrown where nobody waits for it, as in a timer, ends the command as well.
process.on('uncaughtException', (error) => {
  report(refusalOf(error));
  process.exit();
});

const refusal = await commandLine(process.argv.slice(2));
if (refusal !== undefined) report(refusal);
