import { once } from '../model/once';

// Modules of Node that take it 1 to 4 ms to load, and that reading a plain log does without.

export const crypto = once(() => process.getBuiltinModule('node:crypto'));
export const threads = once(() => process.getBuiltinModule('node:worker_threads'));
export const zlib = once(() => process.getBuiltinModule('node:zlib'));
