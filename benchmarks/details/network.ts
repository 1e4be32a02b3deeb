/** Processor time of a step of training a convolutional network, by size of the images, batch size and method. */
import { methodNames, type MethodName } from '../../lib/networks/methods/index.js';
import { processorClock, quartiles, record } from '../measure.js';
import { networkStep } from '../network-step.js';

const STEPS = 40;
const WARM_UP = 5;
const images = [
  { size: 14, colors: 1 },
  { size: 28, colors: 1 },
  { size: 32, colors: 3 },
];
const BATCH_SIZES = [16, 64];

interface Row {
  readonly method: MethodName;
  readonly size: number;
  readonly colors: number;
  readonly batchSize: number;
  /** Milliseconds of processor time an image and step: lower quartile, median, upper quartile. */
  readonly milliseconds: readonly number[];
}

function measured(method: MethodName, image: (typeof images)[number], batchSize: number): Row {
  const step = networkStep(method, { ...image, batchSize });
  const times: number[] = [];
  for (let k = 0; k < STEPS + WARM_UP; k++) {
    const begin = processorClock();
    step();
    if (k >= WARM_UP) times.push((processorClock() - begin) / batchSize);
  }
  return { method, ...image, batchSize, milliseconds: quartiles(times) };
}

console.log('milliseconds of processor time an image and step, widths 16 and 32; quartiles of 40 steps');
const rows = images.flatMap((image) =>
  BATCH_SIZES.flatMap((batchSize) =>
    methodNames.map((method) => {
      const row = measured(method, image, batchSize);
      const pixels = `${image.size} × ${image.size} × ${image.colors}`;
      const times = row.milliseconds.map((time) => time.toFixed(3)).join('  ');
      console.log(`${pixels.padEnd(12)} M ${String(batchSize).padEnd(4)} ${method.padEnd(26)} ${times}`);
      return row;
    }),
  ),
);
record('network', { steps: STEPS, rows });
