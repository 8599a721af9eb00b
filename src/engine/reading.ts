// What reads logs: a part of its own (`parts` in esbuild.js) that the worker and the command line share.
import { errorBook } from '../rules/errorBook';
import { zlib } from './builtins';
import { watching } from './read/watching';

export { loadPrices } from '../analysis/priceBook';
export { createEngine } from './createEngine';

/** Reads what most logs need sooner or later, before anybody waits for it: 8 ms of the first rows, where a thread lives for hours. */
export function loadParts(): void {
  errorBook();
  watching();
  zlib();
}
