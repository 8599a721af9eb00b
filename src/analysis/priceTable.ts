/**
 * The price list, 466 kB, alone in its module so that it can be a file of its own: only `loadPrices` imports it, by
 * `import('./priceTable.js')`. The bundler builds this module as an entry (`dist/priceTable.js`) and leaves that very
 * path external in the other bundles; without that rule it is inlined and still evaluated only on first use.
 */
export { calcPrice } from '@pydantic/genai-prices';
