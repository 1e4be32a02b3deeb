import { katex } from '@mdit/plugin-katex';
import { defineConfig } from 'vitepress';
import { slug } from '../../.config/markdown-links.js';
import { navigation, sidebar } from './sidebar.js';

export default defineConfig({
  title: 'order-parameters',
  description: 'The statistical mechanics of learning with normalization.',
  // The path under which the site is served; DOCS_BASE=/order-parameters/ for a page of a repository host.
  base: process.env.DOCS_BASE ?? '/',
  srcDir: 'site',
  metaChunk: true,
  // A room of the API reference is one page.
  vite: { build: { chunkSizeWarningLimit: 2000 } },
  markdown: {
    anchor: { slugify: slug },
    config: (markdown) => {
      // Vue drops a line break between two elements, as between a code word and a formula; a blank it keeps.
      markdown.renderer.rules.softbreak = () => ' ';
      // What KaTeX makes may hold two braces, which Vue would read.
      const transformer = (html) => html.replace(/^<(\w+)/, '<$1 v-pre');
      markdown.use(katex, { throwOnError: true, transformer });
    },
  },
  themeConfig: {
    nav: navigation(),
    sidebar: sidebar(),
    outline: { level: [2, 3] },
    search: { provider: 'local' },
  },
});
