/** The kernels, in AssemblyScript: what a network does to every pixel. Compiled by `npm run build`. */
export { activate, activateBack, combine, moments } from './block';
export { convolve } from './convolution';
export { head, headBack } from './head';
export { weightGradient } from './weight-gradient';
