import type { Usage } from '../../model/usage';
import { at, isFields, toCount, toNumber } from '../fields/values';

/** Input leaves the cached tokens out, output the reasoning. */
export function readTokens(value: unknown): Usage | undefined {
  if (!isFields(value)) {
    return undefined;
  }
  const input = toCount(value['input']);
  const output = toCount(value['output']);
  const reasoning = toCount(value['reasoning']);
  const cacheRead = toCount(at(value, ['cache', 'read']));
  const cacheWrite = toCount(at(value, ['cache', 'write']));
  return {
    inputTokens: input === undefined ? undefined : input + (cacheRead ?? 0) + (cacheWrite ?? 0),
    outputTokens: output === undefined ? undefined : output + (reasoning ?? 0),
    cacheReadInputTokens: cacheRead,
    cacheCreationInputTokens: cacheWrite,
    reasoningOutputTokens: reasoning,
  };
}

/** A number; what some write as an object is no amount of money. */
export function readCost(value: unknown): number | undefined {
  const cost = typeof value === 'number' ? toNumber(value) : undefined;
  return cost !== undefined && cost >= 0 ? cost : undefined;
}
