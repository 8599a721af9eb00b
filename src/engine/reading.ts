// What reads logs, a part of its own (`parts` in esbuild.js) that the worker and the command line share.
export { loadPrices } from '../analysis/priceBook';
export { createEngine } from './createEngine';
