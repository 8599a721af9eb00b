// Zod for whoever says `--map`, with the words for what is wrong: a part of its own (`parts` in esbuild.js).
import { config } from 'zod/mini';
import en from 'zod/v4/locales/en.js';

config(en());

export { mappingSchema } from './mapping';
