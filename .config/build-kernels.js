// Compiles the kernels of lib/networks/kernels, in AssemblyScript, to WebAssembly beside what tsc makes of lib: into dist, and into
// .build for the specs. Does nothing where they are newer than their sources.
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = 'lib/networks/kernels';
const sources = [
  ...readdirSync(`${root}${folder}`).map((name) => `${root}${folder}/${name}`),
  import.meta.filename,
];
const [output, copy] = ['dist/networks', '.build/lib/networks'].map(
  (place) => `${root}${place}/kernels.wasm`,
);

function isCurrent(file) {
  return existsSync(file) && sources.every((source) => statSync(source).mtimeMs < statSync(file).mtimeMs);
}

if (!isCurrent(output)) {
  const { main } = await import('assemblyscript/asc');
  mkdirSync(dirname(output), { recursive: true });
  const { error, stderr } = await main([
    ...[`${folder}/index.ts`, '--baseDir', root, '--outFile', output],
    ...['--optimizeLevel', '3', '--noAssert', '--runtime', 'stub', '--importMemory', '--enable', 'simd'],
  ]);
  if (error) {
    process.stderr.write(stderr.toString());
    process.exit(1);
  }
}
if (!isCurrent(copy)) {
  mkdirSync(dirname(copy), { recursive: true });
  copyFileSync(output, copy);
}
