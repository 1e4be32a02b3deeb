import { oneLine } from '../foundation/one-line.js';
import { program } from './program.js';
import { inOptionWords, UsageError } from './usage-error.js';

/** What went wrong with a command, and the exit status that says so. */
export interface Refusal {
  readonly status: number;
  /** One line. */
  readonly message: string;
}

const FAILED = 1;
const BAD_USAGE = 2;

/** Runs a command line without the name of the program. What is wrong with it is given back; faults of this package are thrown. */
export async function commandLine(words: readonly string[]): Promise<Refusal | undefined> {
  try {
    await program().parseAsync(words);
    return undefined;
  } catch (error) {
    // Mistakes in what was asked for are RangeErrors and TypeErrors of the library, or usage errors of this layer.
    if (error instanceof UsageError || error instanceof RangeError || error instanceof TypeError)
      return { status: BAD_USAGE, message: oneLine(inOptionWords(error.message)) };
    // What the operating system refused, such as a full disk; what was computed until then is where it was written.
    if (error instanceof Error && 'syscall' in error)
      return { status: FAILED, message: oneLine(error.message) };
    throw error;
  }
}
