// Zod is 95 kB: a part of its own (esbuild.js), for whoever says `--map`.
export { mappingSchema } from '../protocol/mapping';
