import type { ErrorCategory } from '../category';
import { agentLimit } from './agentLimit';
import { application } from './application';
import { authInvalid } from './authInvalid';
import { authMissing } from './authMissing';
import { billing } from './billing';
import { budgetExceeded } from './budgetExceeded';
import { cancelled } from './cancelled';
import { connectionDropped } from './connectionDropped';
import { connectionFailed } from './connectionFailed';
import { contentFilter } from './contentFilter';
import { contextLength } from './contextLength';
import { endpointMisconfigured } from './endpointMisconfigured';
import { gatewayRouting } from './gatewayRouting';
import { invalidParameter } from './invalidParameter';
import { invalidRequest } from './invalidRequest';
import { invalidResponse } from './invalidResponse';
import { localRuntime } from './localRuntime';
import { mediaInvalid } from './mediaInvalid';
import { messageFormat } from './messageFormat';
import { modelNotFound } from './modelNotFound';
import { outputTruncated } from './outputTruncated';
import { overloaded } from './overloaded';
import { permissionDenied } from './permissionDenied';
import { quotaExhausted } from './quotaExhausted';
import { rateLimit } from './rateLimit';
import { reasoningReplay } from './reasoningReplay';
import { refusal } from './refusal';
import { regionUnsupported } from './regionUnsupported';
import { requestOverTpm } from './requestOverTpm';
import { requestTooLarge } from './requestTooLarge';
import { serverError } from './serverError';
import { structuredOutput } from './structuredOutput';
import { timeout } from './timeout';
import { tlsProxy } from './tlsProxy';
import { toolCallInvalid } from './toolCallInvalid';
import { toolPairing } from './toolPairing';
import { toolSchema } from './toolSchema';
import { unsupportedCapability } from './unsupportedCapability';
import { verificationRequired } from './verificationRequired';

/** Every category that has evidence, in order of precedence: of equal evidence the earlier one wins. */
export const categories: readonly ErrorCategory[] = [
  application,
  refusal,
  verificationRequired,
  regionUnsupported,
  requestOverTpm,
  localRuntime,
  budgetExceeded,
  rateLimit,
  requestTooLarge,
  contextLength,
  quotaExhausted,
  overloaded,
  billing,
  tlsProxy,
  outputTruncated,
  reasoningReplay,
  toolPairing,
  toolCallInvalid,
  contentFilter,
  structuredOutput,
  toolSchema,
  gatewayRouting,
  authInvalid,
  authMissing,
  permissionDenied,
  agentLimit,
  modelNotFound,
  endpointMisconfigured,
  invalidParameter,
  unsupportedCapability,
  mediaInvalid,
  messageFormat,
  timeout,
  connectionDropped,
  connectionFailed,
  invalidResponse,
  cancelled,
  serverError,
  invalidRequest,
];
