import { processorClock, timePairs, wallClock } from '../measure.js';
import { suite } from './suite.js';

/**
 * What a fresh process does: the warm-up and the pairs of one benchmark, named by the first argument, as many pairs as the second
 * says. Prints the ratios of the pairs as JSON.
 */
const [name, pairs] = process.argv.slice(2);
const benchmark = suite.find((one) => one.name === name);
if (benchmark === undefined) throw new Error(`no benchmark is named ${name}`);
const { first, second, scale = 1, close } = await benchmark.prepare();
await timePairs(benchmark.warmUp, first, second);
const times = await timePairs(
  Number(pairs),
  first,
  second,
  benchmark.clock === 'wall' ? wallClock : processorClock,
);
close?.();
process.stdout.write(JSON.stringify(times.map(([one, other]) => (scale * one) / other)));
