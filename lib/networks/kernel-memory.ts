import { readFileSync } from 'node:fs';
import { argumentError } from '../foundation/checks.js';

/** Addresses of arrays, and sizes, as the kernels take them. */
type Kernel = (...addressesAndSizes: number[]) => void;

/** What a network does to every pixel, compiled from `kernels/`; each is described there. */
export interface Kernels {
  readonly convolve: Kernel;
  readonly weightGradient: Kernel;
  readonly moments: Kernel;
  readonly activate: Kernel;
  readonly activateBack: Kernel;
  readonly combine: Kernel;
  readonly head: Kernel;
  readonly headBack: Kernel;
}

const PAGE = 65_536;
// Addresses have 32 bits.
const MOST_BYTES = 2 ** 32;
// Vectors of the kernels, aligned, and nothing at address 0, which stands for an array that is not there.
const ALIGNMENT = 64;

/** Arrays in the memory of the kernels: what they hold begins at 0, and an array's `byteOffset` is its address. */
export interface KernelMemory {
  floats(length: number): Float32Array<ArrayBuffer>;
  doubles(length: number): Float64Array<ArrayBuffer>;
}

/** Bytes that arrays take. */
function bytesOf(lay: (memory: KernelMemory) => unknown): number {
  let bytes = ALIGNMENT;
  const count = (length: number, size: number): ArrayBuffer => {
    bytes += Math.ceil((length * size) / ALIGNMENT) * ALIGNMENT;
    return new ArrayBuffer(0);
  };
  lay({
    floats: (length) => new Float32Array(count(length, 4)),
    doubles: (length) => new Float64Array(count(length, 8)),
  });
  return bytes;
}

let compiled: WebAssembly.Module | undefined;

function memoryOf(bytes: number): WebAssembly.Memory {
  const asked = `\`widths\` and \`batchSize\` ask for ${Number((bytes / 1e9).toPrecision(2))} GB of memory`;
  if (bytes > MOST_BYTES) throw argumentError(`${asked}; networks have at most 4 GB`);
  try {
    return new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
  } catch (error) {
    throw argumentError(`${asked}, which this machine does not give`, { cause: error });
  }
}

/**
 * The kernels, and the arrays that they work on, in a memory of just the size that these need.
 *
 * @throws RangeError, one line, where that is more than there is
 */
export function withKernels<Arrays>(lay: (memory: KernelMemory) => Arrays): {
  readonly kernels: Kernels;
  readonly arrays: Arrays;
} {
  const memory = memoryOf(bytesOf(lay));
  let end = ALIGNMENT;
  const place = (bytes: number): number => {
    const begin = end;
    end += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    return begin;
  };
  const arrays = lay({
    floats: (length) => new Float32Array(memory.buffer, place(4 * length), length),
    doubles: (length) => new Float64Array(memory.buffer, place(8 * length), length),
  });
  compiled ??= new WebAssembly.Module(readFileSync(new URL('./kernels.wasm', import.meta.url)));
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  return { kernels: exports as unknown as Kernels, arrays };
}
