import type { ImageSet } from '../../lib/networks/images/image-set.js';
import { folderOf, idx } from './images/folders.js';
import { quarters } from './small-networks.js';

/** A folder of idx files with the images of `quarters`. */
export function quartersFolder(): string {
  const { training, test } = quarters();
  const files = (name: string, { pixels, labels, count, height, width }: ImageSet): object => ({
    [`${name}-images-idx3-ubyte`]: idx([count, height, width], [...pixels]),
    [`${name}-labels-idx1-ubyte`]: idx([count], [...labels]),
  });
  return folderOf({ ...files('train', training), ...files('t10k', test) });
}
