/** Module hooks that write each imported package to standard error, `import NAME`. */
import { register, type ResolveHook } from 'node:module';
import { writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

export const resolve: ResolveHook = (specifier, context, next) => {
  if (/^[a-z@]/.test(specifier) && !/^(node|data|file):/.test(specifier))
    writeSync(2, `import ${specifier}\n`);
  return next(specifier, context);
};

// Node loads this file twice: in the program, where it registers itself, and in the thread that resolves imports.
if (isMainThread) register(import.meta.url);
