import { aiSdkDevtools } from './aiSdkDevtools/aiSdkDevtools';
import { anyAgent } from './anyAgent';
import { aiderAnalytics } from './aider/aiderAnalytics';
import { aiderHistory } from './aider/aiderHistory';
import { auditLog } from './auditLog';
import { bareChat } from './bareChat';
import { claudeTrace } from './claudeTrace';
import { autogen } from './autogen';
import { crewaiJson } from './crewai/crewaiJson';
import { crewaiText } from './crewai/crewaiText';
import { genkit } from './genkit/genkit';
import { promptfoo } from './promptfoo';
import { simonwLlm } from './simonwLlm';
import { braintrust } from './braintrust';
import { helicone } from './helicone';
import { openaiEvals } from './openaiEvals';
import { opik } from './opik';
import { weave } from './weave';
import { claudeCode } from './claudeCode/claudeCode';
import { cline } from './cline/cline';
import { codexExec } from './codexExec/codexExec';
import { codexRollout } from './codexRollout/codexRollout';
import { continueDev } from './continueDev/continueDev';
import { copilotCli } from './copilotCli/copilotCli';
import { copilotChat } from './copilotChat/copilotChat';
import { debugConsole } from './debugConsole';
import { debugConversation } from './debugConversation';
import type { LogFormat } from './format';
import { geminiCli } from './geminiCli/geminiCli';
import { homegrown } from './homegrown';
import { inspect } from './inspect/inspect';
import { jaeger } from './jaeger';
import { langfuse } from './langfuse/langfuse';
import { httpRecording } from './httpRecording';
import { jsonLogger } from './jsonLogger';
import { langsmith } from './langsmith/langsmith';
import { litellm } from './litellm';
import { kimiCli } from './kimiCli/kimiCli';
import { llamaCppServer } from './llamaCppServer';
import { llmLogger } from './llmLogger';
import { llmRequest } from './llmRequest';
import { logfmt } from './logfmt';
import { loguru } from './loguru';
import { pino } from './pino';
import { mlflow } from './mlflow';
import { otelGo } from './otelGo';
import { otelJs } from './otelJs';
import { ollamaServer } from './ollamaServer';
import { otelPython } from './otelPython';
import { otelSpan } from './otelSpan';
import { otlpJson } from './otlpJson';
import { providerBatch } from './providerBatch';
import { providerEventStream } from './providerEventStream';
import { providerExchange } from './providerExchange';
import { providerResponse } from './providerResponse';
import { openCode } from './openCode/openCode';
import { openHands } from './openHands/openHands';
import { piAgent } from './piAgent/piAgent';
import { pythonJsonLogger } from './pythonJsonLogger';
import { serilog } from './serilog';
import { qwenCode } from './qwenCode/qwenCode';
import { stdlibLogging } from './stdlibLogging';
import { structlog } from './structlog';
import { sweAgent } from './sweAgent/sweAgent';
import { structlogConsole } from './structlogConsole';
import { vllmServer } from './vllmServer';
import { zipkin } from './zipkin';

/** Every format Callsight reads, the most specific first. Adding one is a file and a line here. */
export const formats: readonly LogFormat[] = [
  aiSdkDevtools,
  autogen,
  copilotChat,
  crewaiJson,
  genkit,
  inspect,
  langfuse,
  langsmith,
  litellm,
  promptfoo,
  simonwLlm,
  braintrust,
  helicone,
  openaiEvals,
  opik,
  weave,
  llmLogger,
  llmRequest,
  debugConversation,
  auditLog,
  claudeCode,
  qwenCode,
  codexRollout,
  codexExec,
  otlpJson,
  otelJs,
  otelPython,
  otelGo,
  anyAgent,
  mlflow,
  jaeger,
  zipkin,
  otelSpan,
  geminiCli,
  copilotCli,
  kimiCli,
  openCode,
  openHands,
  sweAgent,
  bareChat,
  cline,
  continueDev,
  piAgent,
  aiderAnalytics,
  loguru,
  structlog,
  pythonJsonLogger,
  pino,
  jsonLogger,
  serilog,
  claudeTrace,
  httpRecording,
  providerBatch,
  providerResponse,
  providerExchange,
  providerEventStream,
  ollamaServer,
  vllmServer,
  llamaCppServer,
  crewaiText,
  debugConsole,
  structlogConsole,
  aiderHistory,
  logfmt,
  stdlibLogging,
  homegrown,
];
