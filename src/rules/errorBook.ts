import { once } from '../model/once';
import type * as ErrorBook from './errors/index';

/**
 * What is known of errors. It is read when the first of them is met: 200 kB of source, which the bundler makes a file of its own of (`parts`
 * in esbuild.js). Everything outside `errors/` gets at it by this.
 */
export const errorBook = once<typeof ErrorBook>(() => require('./errors/index'));
