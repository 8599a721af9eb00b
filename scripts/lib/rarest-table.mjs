// What every error message is held against is the same in every thread that starts: it is worked out by the build.
// `./rarest.table` exports what `makeTable` of `rarest.ts` beside it returns.
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
      contents: 'export const rarestTable = [];',
    }));
  },
};

/** @type {import('esbuild').Plugin} */
export const rarestTable = {
  name: 'rarest-table',
  setup(build) {
    build.onResolve({ filter: /\/rarest\.table$/ }, ({ resolveDir, path: target }) => ({
      path: path.resolve(resolveDir, target.replace(/\.table$/, '.ts')),
      namespace: 'rarest-table',
    }));
    build.onLoad({ filter: /./, namespace: 'rarest-table' }, async ({ path: file }) => {
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
        contents: `export const rarestTable = ${JSON.stringify(makeTable())};`,
        watchFiles: Object.keys(metafile.inputs)
          .filter(input => input.endsWith('.ts'))
          .map(input => path.resolve('/', input)),
      };
    });
  },
};
