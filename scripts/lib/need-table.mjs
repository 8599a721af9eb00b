// What every error message is held against is the same in every thread that starts: it is worked out by the build.
// `./needs.table` exports what `makeTable` of `needs.ts` beside it returns.
import path from 'node:path';

/** @type {import('esbuild').Plugin} */
const noTable = {
  name: 'no-table',
  setup(build) {
    build.onResolve({ filter: /\.table$/ }, ({ path: target }) => ({
      path: target,
      namespace: 'no-table',
    }));
    build.onLoad({ filter: /./, namespace: 'no-table' }, () => ({
      contents: 'export const needTable = { rarest: [], needs: [] };',
    }));
  },
};

/** @type {import('esbuild').Plugin} */
export const needTable = {
  name: 'need-table',
  setup(build) {
    build.onResolve({ filter: /\/needs\.table$/ }, ({ resolveDir, path: target }) => ({
      path: path.resolve(resolveDir, target.replace(/\.table$/, '.ts')),
      namespace: 'need-table',
    }));
    build.onLoad({ filter: /./, namespace: 'need-table' }, async ({ path: file }) => {
      const { outputFiles, metafile } = await build.esbuild.build({
        entryPoints: [file],
        bundle: true,
        format: 'esm',
        target: 'node20',
        write: false,
        metafile: true,
        absWorkingDir: '/',
        plugins: [noTable],
      });
      const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
      const { makeTable } = await import(`data:text/javascript;base64,${code}`);
      return {
        contents: `export const needTable = ${JSON.stringify(makeTable())};`,
        watchFiles: Object.keys(metafile.inputs)
          .filter(input => input.endsWith('.ts'))
          .map(input => path.resolve('/', input)),
      };
    });
  },
};
