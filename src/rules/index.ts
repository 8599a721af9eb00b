import { contentFiltered } from './contentFiltered';
import { emptyAnswer } from './emptyAnswer';
import { missingTraceId } from './missingTraceId';
import { outputTruncated } from './outputTruncated';
import { providerMismatch } from './providerMismatch';
import type { Rule } from './rule';
import { slowCall } from './slowCall';
import { toolCallInvalidJson } from './toolCallInvalidJson';

/** Every rule over calls; the order is the order in which findings are shown. */
export const rules: readonly Rule[] = [
  contentFiltered,
  outputTruncated,
  emptyAnswer,
  toolCallInvalidJson,
  slowCall,
  providerMismatch,
  missingTraceId,
];
