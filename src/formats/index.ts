import { auditLog } from './auditLog';
import { debugConsole } from './debugConsole';
import { debugConversation } from './debugConversation';
import type { LogFormat } from './format';
import { homegrown } from './homegrown';
import { langfuse } from './langfuse/langfuse';
import { llmLogger } from './llmLogger';
import { llmRequest } from './llmRequest';
import { loguru } from './loguru';
import { pythonJsonLogger } from './pythonJsonLogger';
import { stdlibLogging } from './stdlibLogging';
import { structlog } from './structlog';

/** Every format Callsight reads, the most specific first. Adding one is a file and a line here. */
export const formats: readonly LogFormat[] = [
  langfuse,
  llmLogger,
  llmRequest,
  debugConversation,
  auditLog,
  loguru,
  structlog,
  pythonJsonLogger,
  debugConsole,
  stdlibLogging,
  homegrown,
];
