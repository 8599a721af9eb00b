import type { Usage } from '../../model/usage';
import { readUsageObject } from '../fields/usage';
import { at, type Fields, isFields, toCount } from '../fields/values';

/** Tokens of one response: as the event says them, or by what the running total has grown. */
export interface TokenCount {
  readonly usage: Usage | undefined;
  /** The running total, when there is one: a repeat of an event has the same. */
  readonly total: Usage | undefined;
}

/** `payload` of a `token_count` or `turn.completed` event; undefined when it says nothing of tokens. */
export function readTokenCount(payload: Fields, before: Usage | undefined): TokenCount | undefined {
  const info = payload['info'];
  if (isFields(info)) {
    const total = usageOf(at(info, ['total_token_usage']));
    const last = usageOf(at(info, ['last_token_usage']));
    const bare = total || last ? undefined : usageOf(info);
    return { usage: last ?? (total && grownBy(total, before)) ?? bare, total };
  }
  const total = usageOf(payload['usage']);
  return total && { usage: grownBy(total, before), total };
}

export function isNothing(usage: Usage | undefined): boolean {
  return !usage?.inputTokens && !usage?.outputTokens && !usage?.totalTokens;
}

export function isSame(one: Usage | undefined, other: Usage | undefined): boolean {
  return (
    one?.inputTokens === other?.inputTokens &&
    one?.outputTokens === other?.outputTokens &&
    one?.totalTokens === other?.totalTokens
  );
}

function usageOf(value: unknown): Usage | undefined {
  const usage = readUsageObject(value);
  const written = isFields(value) ? toCount(value['cache_write_input_tokens']) : undefined;
  return usage && written !== undefined ? { ...usage, cacheCreationInputTokens: written } : usage;
}

/** A total that is smaller than the one before is no running total, or one that began anew. */
function grownBy(total: Usage, before: Usage | undefined): Usage {
  if (
    before === undefined ||
    (total.inputTokens ?? 0) < (before.inputTokens ?? 0) ||
    (total.outputTokens ?? 0) < (before.outputTokens ?? 0)
  ) {
    return total;
  }
  const grown = (now: number | undefined, then: number | undefined) =>
    now === undefined ? undefined : Math.max(0, now - (then ?? 0));
  return {
    inputTokens: grown(total.inputTokens, before.inputTokens),
    outputTokens: grown(total.outputTokens, before.outputTokens),
    cacheReadInputTokens: grown(total.cacheReadInputTokens, before.cacheReadInputTokens),
    cacheCreationInputTokens: grown(
      total.cacheCreationInputTokens,
      before.cacheCreationInputTokens,
    ),
    reasoningOutputTokens: grown(total.reasoningOutputTokens, before.reasoningOutputTokens),
  };
}
