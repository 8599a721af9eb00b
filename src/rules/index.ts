import { clockBackwards } from './clockBackwards';
import { contentFiltered } from './contentFiltered';
import { duplicateId } from './duplicateId';
import { emptyAnswer } from './emptyAnswer';
import { fallback } from './fallback';
import { missingTraceId } from './missingTraceId';
import { nearContextLimit } from './nearContextLimit';
import { outputTruncated } from './outputTruncated';
import { providerMismatch } from './providerMismatch';
import { refusal } from './refusal';
import { retryStorm } from './retryStorm';
import type { Rule } from './rule';
import { slowCall } from './slowCall';
import { toolCallInvalidJson } from './toolCallInvalidJson';
import { usageImplausible } from './usageImplausible';

/** Every rule over calls; the order is the order in which findings are shown. */
export const rules: readonly Rule[] = [
  contentFiltered,
  refusal,
  outputTruncated,
  emptyAnswer,
  toolCallInvalidJson,
  retryStorm,
  fallback,
  nearContextLimit,
  slowCall,
  providerMismatch,
  usageImplausible,
  duplicateId,
  clockBackwards,
  missingTraceId,
];
