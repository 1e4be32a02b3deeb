#!/usr/bin/env node
import { program } from './program.js';
import { inOptionWords, UsageError } from './usage-error.js';

const FAILED = 1;
const BAD_USAGE = 2;

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim();
}

// A reader that has seen enough, such as head, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(`error: cannot write the result: ${oneLine(error.message)}\n`);
  process.exit(FAILED);
});

try {
  await program().parseAsync();
} catch (error) {
  // Mistakes in what was asked for are RangeErrors and TypeErrors of the library, or usage errors of this layer.
  if (error instanceof UsageError || error instanceof RangeError || error instanceof TypeError) {
    process.stderr.write(`error: ${oneLine(inOptionWords(error.message))}\n`);
    process.exitCode = BAD_USAGE;
  } else if (error instanceof Error && 'syscall' in error) {
    // What the operating system refused, such as a full disk; what was computed until then is where it was written.
    process.stderr.write(`error: ${oneLine(error.message)}\n`);
    process.exitCode = FAILED;
  } else throw error;
}
