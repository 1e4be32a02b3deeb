import { commandLine, refusalOf } from '../../lib/cli/command-line.js';
import { UsageError } from '../../lib/cli/usage-error.js';
import { erf } from '../../lib/gaussian/activations/erf.js';
import { ArgumentRangeError, ArgumentTypeError } from '../../lib/index.js';
import { runWithNodeOptions } from '../support/command-line.js';

const words =
  'dynamics --rule sgd --learning-rate 1 --activation erf --initial overlap=0,length=1 --until 1'.split(' ');

/** Runs with a fault in the averages of erf. */
async function withFault<Result>(fault: () => never, work: () => Promise<Result>): Promise<Result> {
  const { averages } = erf;
  const own = Object.getOwnPropertyDescriptor(averages, 'write')!;
  try {
    Object.defineProperty(averages, 'write', { ...own, value: fault });
    return await work();
  } finally {
    Object.defineProperty(averages, 'write', own);
  }
}

describe('a fault of the package', () => {
  it.each([
    ['a TypeError', new TypeError("Cannot read properties of undefined (reading 'length')")],
    ['a RangeError', new RangeError('Invalid array length')],
    ['another error', new Error('out of luck')],
  ])('that is %s ends in exit status 70 with version and stack, and says whose it is', async (_, error) => {
    const fault = (): never => {
      throw error;
    };
    const { status, message } = (await withFault(fault, () => commandLine(words)))!;
    expect(status).toBe(70);
    const [first, ...stack] = message.split('\n');
    expect(first).toMatch(
      /^this is a fault of order-parameters, not of your input; please report it with .*version \d/,
    );
    expect(stack.join('\n')).toContain(error.message);
    expect(stack.join('\n')).toMatch(/^ +at .*faults\.spec/m);
  });

  it('ends the process so, also where nobody waits for it', () => {
    const code = (fault: string): string => `data:text/javascript,${encodeURIComponent(fault)}`;
    const erfFile = new URL('../../../dist/gaussian/activations/erf.js', import.meta.url).href;
    const once = (fault: string): string => `
      import { erf } from '${erfFile}';
      const { write } = erf.averages;
      erf.averages.write = (...values) => {
        erf.averages.write = write;
        ${fault}
        write(...values);
      };`;
    for (const fault of [
      'undefined.length;',
      'setImmediate(() => undefined.length);',
      "void Promise.reject(new TypeError('nobody'));",
    ]) {
      const { status, stderr } = runWithNodeOptions(['--import', code(once(fault))], ...words);
      expect(stderr).toMatch(/^error: this is a fault of order-parameters[^]*\n +at /);
      expect(status).toBe(70);
    }
  });
});

describe('what went wrong', () => {
  it.each<[Error, number, string]>([
    [new ArgumentRangeError('`batchSize` must be > 0\n; got 0'), 2, '--batch-size must be > 0 ; got 0'],
    [new ArgumentTypeError('unknown option `foo`'), 2, 'unknown option --foo'],
    [new UsageError('--config FILE is needed'), 2, '--config FILE is needed'],
    [Object.assign(new Error('ENOSPC: no space left'), { syscall: 'write' }), 1, 'ENOSPC: no space left'],
  ])('is the user’s or the machine’s, in one line: %p', (error, status, message) => {
    expect(refusalOf(error)).toEqual({ status, message });
  });
});
