import { contentFiltered } from './contentFiltered';
import { emptyAnswer } from './emptyAnswer';
import { missingTraceId } from './missingTraceId';
import { outputTruncated } from './outputTruncated';
import { providerMismatch } from './providerMismatch';
import type { Rule } from './rule';

/** Every rule that looks at a span; the order is the order in which findings are shown. */
export const rules: readonly Rule[] = [
  contentFiltered,
  outputTruncated,
  emptyAnswer,
  providerMismatch,
  missingTraceId,
];
