// What reads logs is most of the command, and a part of its own (esbuild.js): it has not to be read to say how a command is used.
export { createEngine } from '../engine/createEngine';
export { loadPrices } from '../analysis/priceBook';
