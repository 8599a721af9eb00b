import type { LogFormat } from './format';

/** Every format Callsight reads, the most specific first. Adding one is a file and a line here. */
export const formats: readonly LogFormat[] = [];
