import type { SpanPatch } from '../../model/span';
import { fromOfForm, identityFrom, splitIdentityText } from './identity';
import type { PatchIds } from './patchIds';
import type { RowValues } from './rowValues';
import type { StringTable } from './stringTable';

/** Puts into `values` what a row has of its own of a patch, but for the user. */
export function readPatchValues(
  patch: SpanPatch,
  ids: PatchIds,
  strings: StringTable,
  values: RowValues,
): void {
  // nothing looks for a request but by an identity that is made of it
  values.requestId =
    fromOfForm(ids.form) === identityFrom.requestId
      ? strings.id(ids.requestId)
      : strings.idUnshared(ids.requestId);
  values.traceId = strings.id(ids.traceId);
  values.spanId = strings.id(ids.spanId);
  values.parentSpanId = strings.id(ids.parentSpanId);
  values.sessionId = strings.id(ids.sessionId);
  values.startTime = finite(patch.startTime);
  values.durationMs = finite(patch.durationMs);
  values.endTime = finite(patch.endTime);
  values.timeToFirstTokenMs = finite(patch.timeToFirstTokenMs);
  values.loggedCostUsd = finite(patch.loggedCostUsd);
  const { usage } = patch;
  values.inputTokens = finite(usage?.inputTokens);
  values.outputTokens = finite(usage?.outputTokens);
  values.cacheReadInputTokens = finite(usage?.cacheReadInputTokens);
  values.cacheCreationInputTokens = finite(usage?.cacheCreationInputTokens);
  values.reasoningOutputTokens = finite(usage?.reasoningOutputTokens);
  values.totalTokens = finite(usage?.totalTokens);
  values.identityScope = 0;
  values.identityId = 0;
  if (ids.identity !== undefined && fromOfForm(ids.form) === identityFrom.own) {
    const { scope, id } = splitIdentityText(ids.identity);
    values.identityScope = scope === '' ? 0 : strings.id(scope);
    values.identityId = strings.id(id);
  }
}

/** Infinity and NaN of a broken log are unknown, too. */
function finite(value: number | undefined): number {
  return value !== undefined && Number.isFinite(value) ? value : Number.NaN;
}
