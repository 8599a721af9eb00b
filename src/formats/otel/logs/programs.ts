import type { SpanPatch } from '../../../model/span';
import { hasText } from '../../fields/content';
import { readMessages } from '../../fields/messages';
import { readOutput } from '../../fields/output';
import { toId, toLabel } from '../../fields/values';
import { readToolBodies } from '../bodies/tool';
import { claudeCodeUsage, readNamedUsage } from '../tokens';
import type { LogData } from './logData';
import {
  noContent,
  readLogSession,
  readProgramCall,
  readProgramError,
  readProgramTool,
  readPrompt,
} from './programCall';

/** Reads the record of one event; none when the event tells of no call, tool or prompt. */
export type EventReader = (log: LogData) => readonly SpanPatch[];

const geminiUsage = {
  input: ['input_token_count'],
  output: ['output_token_count'],
  cacheRead: ['cached_content_token_count'],
  cacheCreation: [],
  reasoning: ['thoughts_token_count'],
  total: ['total_token_count'],
};
const codexUsage = {
  input: ['input_token_count'],
  output: ['output_token_count'],
  cacheRead: ['cached_token_count'],
  cacheCreation: [],
  reasoning: ['reasoning_token_count'],
  total: ['total_token_count'],
};

/** Events of coding agents, by their full name. */
export const programEvents: ReadonlyMap<string, EventReader> = new Map([
  // https://docs.anthropic.com/en/docs/claude-code/monitoring-usage
  ['claude_code.api_request', claudeRequest],
  ['claude_code.api_error', claudeError],
  ['claude_code.api_request_body', claudeRequestBody],
  ['claude_code.api_response_body', claudeResponseBody],
  ['claude_code.tool_result', log => [readProgramTool(log, toolOf(log, 'prompt.id'))]],
  ['claude_code.user_prompt', log => [readPrompt(log, idOf(log, 'prompt.id'))]],
  // https://github.com/google-gemini/gemini-cli/blob/main/docs/cli/telemetry.md
  ['gemini_cli.api_response', geminiResponse],
  ['gemini_cli.api_error', geminiError],
  ['gemini_cli.tool_call', log => [readProgramTool(log, toolOf(log, 'prompt_id'))]],
  ['gemini_cli.user_prompt', log => [readPrompt(log, idOf(log, 'prompt_id'))]],
  // https://github.com/microsoft/vscode-copilot-chat/blob/main/docs/monitoring/agent_monitoring.md
  ['copilot_chat.user_prompt', log => [readPrompt(log, undefined)]],
  ['copilot_chat.tool.call', log => [readProgramTool(log, { content: noContent })]],
  // https://github.com/openai/codex/blob/main/docs/config.md, section "otel"
  ['codex.api_request', codexRequest],
  ['codex.sse_event', codexEvent],
  ['codex.websocket_event', codexEvent],
  ['codex.tool_result', log => [readProgramTool(log, toolOf(log, 'turn.id'))]],
  ['codex.user_prompt', log => [readPrompt(log, idOf(log, 'turn.id'))]],
]);

function claudeRequest(log: LogData): readonly SpanPatch[] {
  return [
    readProgramCall(log, {
      ...claudeIds(log),
      provider: 'anthropic',
      usage: readNamedUsage(log.attributes, claudeCodeUsage),
    }),
  ];
}

function claudeError(log: LogData): readonly SpanPatch[] {
  return [
    readProgramCall(log, {
      ...claudeIds(log),
      provider: 'anthropic',
      error: readProgramError(log),
    }),
  ];
}

/** Bodies are only in the log when the user asked for it; without an id nobody knows whose they are. */
function claudeRequestBody(log: LogData): readonly SpanPatch[] {
  const ids = claudeIds(log);
  const body = log.attributes.json('body');
  return ids.identity === undefined
    ? []
    : [
        readProgramCall(log, {
          ...ids,
          hasInput: hasText(body) === true,
          content: () => ({ ...noContent, inputMessages: readMessages(body) }),
        }),
      ];
}

function claudeResponseBody(log: LogData): readonly SpanPatch[] {
  const ids = claudeIds(log);
  const output = readOutput(log.attributes.json('body'));
  return ids.identity === undefined
    ? []
    : [
        readProgramCall(log, {
          ...ids,
          hasOutput: output.length > 0,
          toolCallNames: output.flatMap(message =>
            message.parts.flatMap(part => (part.type === 'toolCall' ? part.name : [])),
          ),
          content: () => ({ ...noContent, outputMessages: output }),
        }),
      ];
}

function claudeIds(log: LogData) {
  const requestId = toId(log.attributes.first('request_id'));
  return {
    identity: requestId === undefined ? undefined : `request:${requestId}`,
    promptId: idOf(log, 'prompt.id'),
  };
}

/** Thoughts stand beside the answer's tokens, not in them. */
function geminiResponse(log: LogData): readonly SpanPatch[] {
  const usage = readNamedUsage(log.attributes, geminiUsage);
  const text = log.attributes.first('response_text');
  const reasons = log.attributes.json('finish_reasons');
  return [
    readProgramCall(log, {
      ...geminiIds(log),
      usage: usage && {
        ...usage,
        outputTokens:
          usage.outputTokens === undefined
            ? undefined
            : usage.outputTokens + (usage.reasoningOutputTokens ?? 0),
      },
      error: log.attributes.has('error') ? readProgramError(log) : undefined,
      finishReason: toLabel(Array.isArray(reasons) ? reasons[0] : reasons),
      hasOutput: hasText(text) === true,
      content: () => ({
        ...noContent,
        outputMessages: readOutput(log.attributes.json('response_text')),
      }),
    }),
  ];
}

function geminiError(log: LogData): readonly SpanPatch[] {
  return [readProgramCall(log, { ...geminiIds(log), error: readProgramError(log) })];
}

function geminiIds(log: LogData) {
  return { identity: eventIdentity(log), promptId: idOf(log, 'prompt_id'), provider: 'gemini' };
}

/**
 * Which call an event is about: the one whose span was open, or the one that was over at this moment of the session, which
 * the program's other records of it repeat to the millisecond.
 */
export function eventIdentity(log: LogData): string | undefined {
  if (log.traceId !== undefined && log.spanId !== undefined) {
    return `span:${log.traceId}/${log.spanId}`;
  }
  const session = readLogSession(log);
  const moment = log.attributes.label('event.timestamp');
  return session === undefined || moment === undefined ? undefined : `request:${session}/${moment}`;
}

/** A request that was answered is told again by its last event, with the tokens. */
function codexRequest(log: LogData): readonly SpanPatch[] {
  const error = log.attributes.text('error.message', 'error');
  const status = log.attributes.amount('http.response.status_code', 'http.status_code');
  return error === undefined && (status === undefined || status < 400)
    ? []
    : [
        readProgramCall(log, {
          promptId: idOf(log, 'turn.id'),
          provider: 'openai',
          error: readProgramError(log),
        }),
      ];
}

function codexEvent(log: LogData): readonly SpanPatch[] {
  const event = log.attributes.label('event.kind');
  const isFailed = event === 'response.failed';
  return event !== 'response.completed' && !isFailed
    ? []
    : [
        readProgramCall(log, {
          promptId: idOf(log, 'turn.id'),
          provider: 'openai',
          usage: readNamedUsage(log.attributes, codexUsage),
          error: isFailed ? readProgramError(log) : undefined,
        }),
      ];
}

function toolOf(log: LogData, promptName: string) {
  const callId = toId(log.attributes.first('tool_use_id', 'call_id'));
  return {
    promptId: idOf(log, promptName),
    identity: callId === undefined ? undefined : `tool:${callId}`,
    content: readToolBodies({
      name: 'tool',
      status: 'unset',
      events: [],
      attributes: log.attributes,
      resource: log.resource,
    }),
  };
}

function idOf(log: LogData, name: string): string | undefined {
  return toId(log.attributes.first(name));
}
