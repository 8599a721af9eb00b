import type { Usage } from '../../model/usage';
import { readUsageObject } from '../fields/usage';
import { withoutZeros } from '../fields/call';
import { type Fields, isFields, toCount, toNumber } from '../fields/values';
import { unwrapJson } from '../fields/unwrapJson';

/**
 * Tokens of an observation. `usageDetails` is a map of any names: `input`, `output`, `total`, and finer ones such as
 * `input_cached_tokens`. Most SDKs take the finer ones out of `input` and `output`, some do not: the total tells which.
 * Older exports have `usage` or flat counts, and write zeros where nothing was counted.
 */
export function readLangfuseUsage(row: Fields): Usage | undefined {
  const details = unwrapJson(row['usageDetails'] ?? row['usage_details']);
  const detailed = isFields(details) ? readDetails(details) : undefined;
  return withoutZeros(detailed ?? readOldUsage(row));
}

/** US dollars. Langfuse writes 0 for a model without a price, so 0 is unknown. */
export function readLangfuseCost(row: Fields): number | undefined {
  const details = unwrapJson(row['costDetails'] ?? row['cost_details']);
  const usage = isFields(row['usage']) ? row['usage'] : {};
  const costs = [
    isFields(details) ? details['total'] : undefined,
    row['totalCost'] ?? row['total_cost'],
    row['calculatedTotalCost'],
    usage['totalCost'],
  ].map(toNumber);
  return costs.find(cost => cost !== undefined && cost > 0);
}

function readDetails(details: Fields): Usage | undefined {
  const input = counts(details, /input|prompt|cach/i, /output|completion/i);
  const output = counts(details, /output|completion/i);
  const total = toCount(details['total'] ?? details['total_tokens']);
  const plainInput = input.get('input') ?? input.get('prompt_tokens') ?? input.get('input_tokens');
  const plainOutput =
    output.get('output') ?? output.get('completion_tokens') ?? output.get('output_tokens');
  const isWhole =
    plainInput !== undefined && plainOutput !== undefined && plainInput + plainOutput === total;
  if (input.size === 0 && output.size === 0) {
    return total === undefined ? undefined : { totalTokens: total };
  }
  return {
    inputTokens: isWhole ? plainInput : sum(input),
    outputTokens: isWhole ? plainOutput : sum(output),
    cacheReadInputTokens: sumOf(input, /cache_?read|cached|read/i),
    cacheCreationInputTokens: sumOf(input, /cache_?(?:creation|write)/i),
    reasoningOutputTokens: sumOf(counts(details, /reasoning|thought/i), /./),
  };
}

function readOldUsage(row: Fields): Usage | undefined {
  const { usage } = row;
  const unit = isFields(usage) ? usage['unit'] : row['unit'];
  if (typeof unit === 'string' && unit.toUpperCase() !== 'TOKENS') {
    return undefined;
  }
  return readUsageObject(unwrapJson(usage)) ?? readUsageObject(flatCounts(row));
}

function flatCounts(row: Fields): Fields {
  return {
    input: row['inputUsage'] ?? row['promptTokens'],
    output: row['outputUsage'] ?? row['completionTokens'],
    total_tokens: row['totalUsage'] ?? row['totalTokens'],
  };
}

/** Counts by name, of one side only. `total` is no side. */
function counts(details: Fields, side: RegExp, other?: RegExp): ReadonlyMap<string, number> {
  const found = Object.entries(details).flatMap(([name, value]) => {
    const count = toCount(value);
    const isSide = name.length <= 100 && side.test(name) && other?.test(name) !== true;
    return count !== undefined && isSide ? [[name, count] as const] : [];
  });
  return new Map(found);
}

function sum(found: ReadonlyMap<string, number>): number | undefined {
  return found.size === 0 ? undefined : [...found.values()].reduce((one, other) => one + other, 0);
}

function sumOf(found: ReadonlyMap<string, number>, name: RegExp): number | undefined {
  return sum(new Map([...found].filter(([key]) => name.test(key))));
}
