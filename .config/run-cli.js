// The command line of a checkout: builds first when it must, and prints only the result.
import { ensureBuilt } from './ensure-built.js';

ensureBuilt();
await import('../dist/cli/main.js');
