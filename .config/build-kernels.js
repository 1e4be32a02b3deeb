// Compiles the kernels of lib/networks/kernels, in AssemblyScript, to WebAssembly beside what tsc makes of lib: into dist, and into
// .build for the specs. Does nothing where they are newer than their sources.
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = 'lib/networks/kernels';
const outputs = ['dist/networks', '.build/lib/networks'].map((folder) => `${root}${folder}/kernels.wasm`);

function isNewer(output) {
  if (!existsSync(output)) return false;
  const files = [
    ...readdirSync(`${root}${sources}`).map((name) => `${root}${sources}/${name}`),
    import.meta.filename,
  ];
  return files.every((file) => statSync(file).mtimeMs < statSync(output).mtimeMs);
}

/** Compiles what is out of date; prints what is wrong with the sources and exits. */
export async function buildKernels() {
  const old = outputs.filter((output) => !isNewer(output));
  if (old.length === 0) return;
  const { main } = await import('assemblyscript/asc');
  for (const output of old) {
    mkdirSync(new URL('.', `file://${output}`), { recursive: true });
    const flags = ['--baseDir', root, '--optimizeLevel', '3', '--noAssert', '--runtime', 'stub'];
    const { error, stderr } = await main([
      ...[`${sources}/index.ts`, '--outFile', output, ...flags],
      ...['--importMemory', '--enable', 'simd'],
    ]);
    if (!error) continue;
    process.stderr.write(stderr.toString());
    process.exit(1);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildKernels();
