// Builds the site without the network: pages, API reference, HTML, checks.
import { build } from 'vitepress';
import { generateApi } from './api.js';
import { siteProblems } from './check-site.js';
import { root } from './places.js';
import { stagePages } from './stage.js';

await stagePages();
await generateApi();
await build(`${root}docs`);
const problems = siteProblems();
for (const line of problems) console.error(line);
if (problems.length > 0) process.exit(1);
