import type { Usage } from '../../model/usage';
import { isFields, toCount, toNumber } from '../fields/values';

/**
 * Tokens of a call. Input is documented to leave out what came from or went into a cache; older versions counted it in,
 * which the total tells.
 * https://github.com/UKGovernmentBEIS/inspect_ai/blob/main/src/inspect_ai/model/_model_output.py
 */
export function readModelUsage(value: unknown): Usage | undefined {
  if (!isFields(value)) {
    return undefined;
  }
  const input = toCount(value['input_tokens']);
  const output = toCount(value['output_tokens']);
  const total = toCount(value['total_tokens']);
  const read = toCount(value['input_tokens_cache_read']);
  const written = toCount(value['input_tokens_cache_write']);
  const isIncluded = input !== undefined && total !== undefined && input + (output ?? 0) === total;
  return {
    inputTokens: input === undefined || isIncluded ? input : input + (read ?? 0) + (written ?? 0),
    outputTokens: output,
    cacheReadInputTokens: read,
    cacheCreationInputTokens: written,
    reasoningOutputTokens: toCount(value['reasoning_tokens']),
  };
}

/** US dollars. */
export function readModelCost(usage: unknown): number | undefined {
  const cost = isFields(usage) ? toNumber(usage['total_cost']) : undefined;
  return cost !== undefined && cost >= 0 ? cost : undefined;
}
