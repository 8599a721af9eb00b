import type { Rule } from './rule';
import { outputTruncated } from './outputTruncated';

/** Every rule that looks at a span; the order is the order in which findings are shown. */
export const rules: readonly Rule[] = [outputTruncated];
