import type { Message } from '../model/message';
import type { SpanPatch } from '../model/span';
import { isLogHeader } from './fields/logHeader';
import { textPart } from './fields/parts';
import { ownKeys } from './fields/values';
import type { LineRole, ReadContext, Reading, TextFormat } from './format';
import { readEndpoint } from './provider/endpoint';
import { readAccess } from './server/serverCall';
import {
  isStrayLine,
  parseAccessLine,
  parseVllmLine,
  parseVllmRequest,
  type VllmAccess,
  type VllmLine,
  type VllmRequest,
} from './server/vllmLine';

const dayMs = 24 * 3600 * 1000;
/** Lines of the engine that a request keeps while it waits for its access line. */
const maxKept = 50;

/** The log of `vllm serve`. */
export const vllmServer: TextFormat = {
  id: 'vllm-server',
  title: 'vLLM server log',
  docs: {
    schema: 'https://github.com/vllm-project/vllm/blob/main/vllm/entrypoints/logger.py',
    writtenBy: '`vllm serve`, and others that serve models with uvicorn',
    recognisedBy:
      '`INFO 06-18 09:56:08 [file.py:12] …`, with the process before it or not; `INFO:     address - "POST /v1/chat/completions HTTP/1.1" 200 OK`; what stands between them',
    notes:
      'With `--enable-log-requests` a call is its `Received request` (and `Generated response`), and the access lines that follow are not counted again; without, each access line of a model’s endpoint is one. The log has no year: that of the file’s last change. No model, no tokens of the prompt.',
  },
  container: 'text',
  createFramer,
  read,
};

/**
 * A request that was received keeps what follows, up to its access line, which is not a call of its own. Nothing says which
 * access line answers which request, so they are counted against each other.
 */
function createFramer(): (line: string) => LineRole {
  let isVllm = false;
  let waiting = 0;
  let lastId = '';
  let kept = 0;
  return line => {
    const own = parseVllmLine(line);
    if (own) {
      isVllm = true;
      const request = parseVllmRequest(own.message);
      if (request === undefined && waiting > 0 && kept < maxKept) {
        kept++;
        return 'continue';
      }
      kept = 0;
      if (request?.what === 'received' && request.id !== lastId) {
        lastId = request.id;
        waiting++;
      }
      return 'start';
    }
    const access = parseAccessLine(line);
    if (access && isModelRequest(access)) {
      // what is refused was never received
      if (waiting > 0 && (access.status < 400 || access.status >= 500)) {
        waiting--;
        return 'continue';
      }
      return 'start';
    }
    if (!isVllm && isStrayLine(line)) {
      return 'start';
    }
    isVllm &&= !isLogHeader(line);
    return isVllm ? 'continue' : 'none';
  };
}

function isModelRequest({ method, path }: VllmAccess): boolean {
  return method === 'POST' && readEndpoint(path) !== undefined;
}

function read(record: string, context: ReadContext): Reading | undefined {
  const [line = ''] = record.split('\n', 1);
  const own = parseVllmLine(line);
  if (own) {
    const request = parseVllmRequest(own.message);
    return {
      spans: request
        ? [{ ...readRequest(request, timeOf(own, context)), ...outcomeIn(record, request) }]
        : [],
    };
  }
  const call = accessIn(line);
  return { spans: call ? [call] : [] };
}

function accessIn(line: string): SpanPatch | undefined {
  const access = parseAccessLine(line);
  return access && readAccess(access);
}

/** The access line that a received request kept says how it ended. */
function outcomeIn(record: string, { what }: VllmRequest): Partial<SpanPatch> {
  if (what !== 'received') {
    return {};
  }
  const [, ...others] = record.split('\n');
  const outcome = others.map(accessIn).find(call => call !== undefined);
  return outcome ? { status: outcome.status, error: outcome.error } : {};
}

function readRequest(request: VllmRequest, time: number | undefined): SpanPatch {
  const { what, id, prompt, output, finishReason, isDelta } = request;
  const isOver = what === 'generated' && !isDelta;
  return {
    identity: `request:${id}`,
    part: what === 'received' ? 'start' : isOver ? 'end' : 'update',
    kind: /^(?:embd|pool|score|rerank)/.test(id) ? 'embedding' : 'call',
    name: id.startsWith('cmpl-') ? 'text_completion' : 'chat',
    requestId: id,
    provider: 'vllm',
    startTime: what === 'received' ? time : undefined,
    endTime: what === 'generated' ? time : undefined,
    usage:
      isOver && request.outputTokens !== undefined
        ? { outputTokens: request.outputTokens }
        : undefined,
    status: isOver ? 'ok' : 'unknown',
    finishReason: finishReason === '' ? undefined : finishReason,
    hasInput: prompt !== undefined && prompt !== '',
    // the pieces of a stream are told again when it is complete
    hasOutput: !isDelta && output !== undefined && output !== '',
    content: () => ({
      inputMessages: message('user', prompt),
      outputMessages: isDelta ? [] : message('assistant', output),
      tools: [],
      params: ownKeys(request.params),
    }),
  };
}

function message(role: string, text: string | undefined): Message[] {
  return text === undefined || text === '' ? [] : [{ role, parts: textPart(text) }];
}

/** The latest such day that is not after the file's last change, epoch ms; the zone is unknown: read as UTC. */
function timeOf({ clock }: VllmLine, { fileModifiedTime }: ReadContext): number | undefined {
  const [month = 1, day = 1, hour = 0, minute = 0, second = 0] = clock;
  if (fileModifiedTime === undefined) {
    return undefined;
  }
  const year = new Date(fileModifiedTime).getUTCFullYear();
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  return time > fileModifiedTime + dayMs
    ? Date.UTC(year - 1, month - 1, day, hour, minute, second)
    : time;
}
