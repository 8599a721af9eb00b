import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import vm from 'node:vm';

/** What is read of it at once. Bytes; the C library takes pieces of twice this size from the kernel and gives them back to it. */
const pieceBytes = 64 * 1024;

/** By their paths: each runs once. */
const runs = new Map<string, { readonly exports: unknown }>();

/**
 * Runs a CommonJS file as `require` does and returns what it exports, but for how it is read, and what lies beside it with it: `require` has all of a text in one
 * piece outside of the heap, 1 MB for our bundles. When a piece so large was given back, the C library keeps up to twice as much at the end of what each
 * thread ever had, and the threads of the compiler do have that much.
 */
export function runBundle(file: string): unknown {
  const known = runs.get(file);
  if (known !== undefined) {
    return known.exports;
  }
  const folder = path.dirname(file);
  const requireAny = createRequire(file);
  const requireOurs = (id: string): unknown =>
    id.startsWith('./') ? runBundle(path.join(folder, id)) : requireAny(id);
  const names = ['exports', 'require', 'module', '__filename', '__dirname'];
  const run = vm.compileFunction(readInPieces(file), names, { filename: file });
  const own: { exports: unknown } = { exports: {} };
  run(own.exports, requireOurs, own, file, folder);
  runs.set(file, own);
  return own.exports;
}

/** The text of a file in UTF-8. */
export function readInPieces(file: string): string {
  const piece = Buffer.allocUnsafe(pieceBytes);
  const decoder = new StringDecoder('utf8');
  const texts: string[] = [];
  const descriptor = fs.openSync(file, 'r');
  try {
    for (let bytes = -1; bytes !== 0;) {
      bytes = fs.readSync(descriptor, piece);
      texts.push(decoder.write(piece.subarray(0, bytes)));
    }
  } finally {
    fs.closeSync(descriptor);
  }
  texts.push(decoder.end());
  return texts.join('');
}
