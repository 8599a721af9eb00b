// What a format says of itself for docs/formats.md stands beside its code, and no program asks for it: 25 kB that no bundle holds.
import fs from 'node:fs';

/** @type {import('esbuild').Plugin} */
export const withoutDocs = {
  name: 'without-docs',
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/]formats[\\/].*\.ts$/ }, ({ path: file }) => ({
      contents: fs.readFileSync(file, 'utf8').replace(/^( *)docs: \{\n[^]*?\n\1\},\n/m, ''),
      loader: 'ts',
    }));
  },
};
