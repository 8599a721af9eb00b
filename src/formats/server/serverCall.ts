import type { SpanPatch } from '../../model/span';
import { readEndpoint } from '../provider/endpoint';

/** What the access log of a server says of one request. */
export interface AccessLine {
  /** Path of the address: `/v1/chat/completions`. */
  readonly path: string;
  readonly status: number;
  /** Epoch ms; access logs are written at the end. */
  readonly endTime?: number | undefined;
  readonly durationMs?: number | undefined;
  readonly provider?: string | undefined;
}

/** The call behind a line of an access log; undefined when the request was for no model. */
export function readAccess(line: AccessLine): SpanPatch | undefined {
  const endpoint = readEndpoint(line.path);
  if (!endpoint) {
    return undefined;
  }
  const { status, endTime, durationMs } = line;
  const isFailed = status >= 400;
  const isEmbedding = endpoint.kind === 'embedding';
  return {
    part: 'whole',
    kind: endpoint.kind,
    name: isEmbedding ? 'embeddings' : 'chat',
    provider: line.provider,
    startTime: endTime === undefined ? undefined : endTime - (durationMs ?? 0),
    durationMs,
    status: isFailed ? 'error' : 'ok',
    error: isFailed ? { message: `HTTP status ${status}`, status } : undefined,
    tags: { path: line.path.slice(0, 200) },
    hasInput: false,
    hasOutput: false,
  };
}
