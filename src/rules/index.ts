import { agentLoop } from './agentLoop';
import { budgetExceeded } from './budgetExceeded';
import { cacheBreak } from './cacheBreak';
import { clockBackwards } from './clockBackwards';
import { contentFiltered } from './contentFiltered';
import { costJump } from './costJump';
import { duplicateId } from './duplicateId';
import { emptyAnswer } from './emptyAnswer';
import { fallback } from './fallback';
import { growingPrompt } from './growingPrompt';
import { missingTraceId } from './missingTraceId';
import { nearContextLimit } from './nearContextLimit';
import { outputTruncated } from './outputTruncated';
import { providerMismatch } from './providerMismatch';
import { providerOutage } from './providerOutage';
import { refusal } from './refusal';
import { retryStorm } from './retryStorm';
import type { Rule } from './rule';
import { secretsInLog } from './secretsInLog';
import { slowCall } from './slowCall';
import { streamWithoutUsage } from './streamWithoutUsage';
import { tokenJump } from './tokenJump';
import { toolCallInvalidJson } from './toolCallInvalidJson';
import { toolCallUnknownTool } from './toolCallUnknownTool';
import { toolResultMissing } from './toolResultMissing';
import { toolResultOrphaned } from './toolResultOrphaned';
import { usageImplausible } from './usageImplausible';
import { usageMissing } from './usageMissing';

/** Every rule over calls; the order is the order in which findings are shown. */
export const rules: readonly Rule[] = [
  secretsInLog,
  providerOutage,
  budgetExceeded,
  contentFiltered,
  refusal,
  outputTruncated,
  emptyAnswer,
  toolCallInvalidJson,
  toolCallUnknownTool,
  toolResultMissing,
  toolResultOrphaned,
  agentLoop,
  retryStorm,
  fallback,
  nearContextLimit,
  growingPrompt,
  cacheBreak,
  tokenJump,
  costJump,
  slowCall,
  providerMismatch,
  usageImplausible,
  usageMissing,
  streamWithoutUsage,
  duplicateId,
  clockBackwards,
  missingTraceId,
];
