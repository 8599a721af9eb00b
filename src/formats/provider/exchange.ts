import type { SpanContent } from '../../model/message';
import type { SpanPatch } from '../../model/span';
import { withoutZeros } from '../fields/call';
import { hasText } from '../fields/content';
import { isEmbeddingModel } from '../fields/kind';
import type { RequestFacts, ResponseFacts } from './facts';

/** A request and what came of it, as far as the log holds them. */
export interface Exchange {
  readonly request?: RequestFacts | undefined;
  readonly response?: ResponseFacts | undefined;
  readonly part?: SpanPatch['part'] | undefined;
  /** When absent, the provider's id of the response is the identity. */
  readonly identity?: string | undefined;
  readonly model?: string | undefined;
  readonly provider?: string | undefined;
  /** Epoch ms. */
  readonly startTime?: number | undefined;
  readonly durationMs?: number | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** What else is worth showing with the parameters: address, headers. */
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  readonly sessionId?: string | undefined;
}

/** One call out of a request, a response or both. */
export function toPatch(exchange: Exchange): SpanPatch {
  const { request, response } = exchange;
  const echoed = response?.request;
  const model = response?.model ?? request?.model ?? exchange.model;
  const isEmbedding =
    response?.kind === 'embedding' || request?.kind === 'embedding' || isEmbeddingModel(model);
  const { error } = response ?? {};
  const messages = response?.messages ?? [];
  const asked = request?.messages ?? echoed?.messages ?? [];
  return {
    identity:
      exchange.identity ?? (response?.id === undefined ? undefined : `request:${response.id}`),
    part: exchange.part ?? 'whole',
    kind: isEmbedding ? 'embedding' : 'call',
    name: isEmbedding ? 'embeddings' : (response?.name ?? request?.name ?? 'chat'),
    requestId: response?.id,
    sessionId: exchange.sessionId,
    provider: response?.provider ?? exchange.provider ?? request?.provider,
    model,
    startTime: exchange.startTime ?? response?.startTime,
    durationMs: exchange.durationMs ?? response?.durationMs,
    usage: error ? withoutZeros(response?.usage) : response?.usage,
    loggedCostUsd: response?.costUsd,
    status: response?.status ?? 'unknown',
    finishReason: response?.finishReason,
    error,
    userId: request?.userId ?? echoed?.userId,
    tags: exchange.tags,
    toolCallNames: messages.flatMap(({ parts }) =>
      parts.flatMap(part => (part.type === 'toolCall' ? part.name : [])),
    ),
    hasInput: hasText(asked) === true,
    hasOutput: messages.some(({ parts }) => parts.length > 0),
    content: () => readExchangeContent(exchange),
  };
}

export function readExchangeContent({ request, response, params }: Exchange): SpanContent {
  const asked = request ?? response?.request;
  return {
    inputMessages: asked?.messages ?? [],
    outputMessages: response?.messages ?? [],
    tools: asked?.tools ?? [],
    params: { ...asked?.params, ...params },
  };
}
