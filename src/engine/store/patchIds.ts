import type { SpanPatch } from '../../model/span';
import { identityForm } from './identity';
import { shortId } from './shortId';

/** The ids of a patch as they are kept, and how its identity is made of them. */
export interface PatchIds {
  readonly identity: string | undefined;
  readonly requestId: string | undefined;
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
  readonly parentSpanId: string | undefined;
  readonly sessionId: string | undefined;
  readonly form: number;
}

export function idsOf(patch: SpanPatch): PatchIds {
  const identity = keptId(patch.identity);
  const requestId = keptId(patch.requestId);
  const traceId = keptId(patch.traceId);
  const spanId = keptId(patch.spanId);
  return {
    identity,
    requestId,
    traceId,
    spanId,
    parentSpanId: keptId(patch.parentSpanId),
    sessionId: keptId(patch.sessionId),
    form: identityForm({ identity, requestId, traceId, spanId }),
  };
}

/** An empty id is none. */
function keptId(id: string | undefined): string | undefined {
  return id === undefined || id === '' ? undefined : shortId(id);
}
