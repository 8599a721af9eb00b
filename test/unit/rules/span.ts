import type { Span } from '../../../src/model/span';

/** A successful call with everything that the type asks for, and the given changes. */
export function makeSpan(changes: Partial<Span> = {}): Span {
  return {
    key: 'request:1',
    traceKey: 'trace:1',
    join: 'traceId',
    traceId: '1',
    kind: 'call',
    name: 'chat',
    provider: 'openai',
    model: 'gpt-4o',
    usage: { inputTokens: 10, outputTokens: 5 },
    status: 'ok',
    finishReason: 'stop',
    tags: {},
    toolCallNames: [],
    hasInput: true,
    hasOutput: true,
    format: 'test',
    sources: [],
    ...changes,
  };
}
