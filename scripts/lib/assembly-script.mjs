// Compiles AssemblyScript: who imports `./x.wasm` gets the bytes that `x.as.ts` beside it compiles to.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './process.mjs';

const cache = path.join(root, 'out/assembly-script');
const options = [
  '-O3',
  '--runtime',
  'stub',
  '--enable',
  'simd',
  '--enable',
  'threads',
  '--importMemory',
  '--sharedMemory',
  '--maximumMemory',
  '65536',
  '--noAssert',
];

/**
 * @param {string} file
 * @returns {Promise<Buffer>}
 */
async function compile(file) {
  const folder = path.dirname(file);
  const sources = fs
    .readdirSync(folder)
    .filter(name => name.endsWith('.as.ts'))
    .sort()
    .map(name => fs.readFileSync(path.join(folder, name), 'utf8'));
  // its types bring a `console` of their own along
  const /** @type {string} */ compiler = 'assemblyscript/asc';
  const { default: asc, version } = await import(compiler);
  const key = createHash('sha256')
    .update(sources.join('\0'))
    .update([version, ...options].join())
    .digest('hex');
  const known = path.join(cache, `${key}.wasm`);
  if (!fs.existsSync(known)) {
    /** @type {Uint8Array | undefined} */
    let binary;
    const { error, stderr } = await asc.main([file, ...options, '-o', 'scanner.wasm'], {
      writeFile: (/** @type {string} */ name, /** @type {Uint8Array} */ contents) => {
        binary = name.endsWith('.wasm') ? contents : binary;
      },
    });
    if (error || binary === undefined) {
      throw new Error(`${error?.message}\n${stderr.toString()}`);
    }
    const written = `${known}.${process.pid}`;
    fs.mkdirSync(cache, { recursive: true });
    fs.writeFileSync(written, binary);
    fs.renameSync(written, known);
  }
  return fs.readFileSync(known);
}

/** @type {import('esbuild').Plugin} */
export const assemblyScript = {
  name: 'assembly-script',
  setup(build) {
    build.onResolve({ filter: /\.wasm$/ }, ({ resolveDir, path: target }) => ({
      path: path.resolve(resolveDir, target.replace(/\.wasm$/, '.as.ts')),
      namespace: 'assembly-script',
    }));
    build.onLoad({ filter: /./, namespace: 'assembly-script' }, async ({ path: file }) => ({
      contents: await compile(file),
      loader: 'binary',
      watchDirs: [path.dirname(file)],
    }));
  },
};
