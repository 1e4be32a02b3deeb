import { inspect } from 'node:util';
import { isArgumentError } from '../foundation/argument-error.js';
import { oneLine } from '../config/one-line.js';
import { packageVersion } from '../config/package-version.js';
import { program } from './program.js';
import { inOptionWords, UsageError } from './usage-error.js';

/** What went wrong with a command, and the exit status that says so. */
export interface Refusal {
  readonly status: number;
  /** One line; with a stack where the fault is ours. */
  readonly message: string;
}

const FAILED = 1;
const BAD_USAGE = 2;
/** EX_SOFTWARE of sysexits.h. */
const FAULT = 70;

/** What is wrong, and whose it is: the user's, the machine's or ours. */
export function refusalOf(error: unknown): Refusal {
  // Mistakes in what was asked for are errors of the library's own checks, or usage errors of this layer.
  if (error instanceof UsageError || isArgumentError(error))
    return { status: BAD_USAGE, message: oneLine(inOptionWords(error.message)) };
  // What the operating system refused, such as a full disk; what was computed until then is where it was written.
  if (error instanceof Error && 'syscall' in error)
    return { status: FAILED, message: oneLine(error.message) };
  const request = `please report it with the command and what follows (version ${packageVersion()}, Node ${process.version})`;
  return {
    status: FAULT,
    message: `this is a fault of order-parameters, not of your input; ${request}:\n${inspect(error)}`,
  };
}

/** Runs a command line without the name of the program. What is wrong with it is given back. */
export async function commandLine(words: readonly string[]): Promise<Refusal | undefined> {
  try {
    await program().parseAsync(words);
    return undefined;
  } catch (error) {
    return refusalOf(error);
  }
}
