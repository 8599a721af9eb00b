import v8 from 'node:v8';

/** Bytecode that V8 inlines into one function, in all; its own choice is 920. Bytes. */
const inlinedBytes = 250;
/** Versions of V8 to which it makes a difference: those of Node 20 and 22. */
const firstVersion = 11;
const lastVersion = 12;

/**
 * A command lives for a second or two. In it the compiler of V8 had taken two fifths of all CPU time, most of that for copies of functions in
 * others; it has the same two cores as we do. Must be called before there is anything to compile.
 */
export function compileSmaller(version = process.versions.v8): void {
  const major = Number.parseInt(version, 10);
  if (major >= firstVersion && major <= lastVersion) {
    v8.setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${inlinedBytes}`);
  }
}
