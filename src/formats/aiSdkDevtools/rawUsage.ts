import type { Usage } from '../../model/usage';
import { unwrapJson } from '../fields/unwrapJson';
import { readUsageObject } from '../fields/usage';
import { at, type Fields, isFields, paths } from '../fields/values';

/** Where providers put the usage into a response or a chunk of a stream. */
const places = paths('usage response.usage message.usage usageMetadata response.usageMetadata');
/** Chunks of a stream that are looked at, from its end and its beginning. */
const maxChunks = 20_000;

/**
 * Tokens as the AI SDK has them: `{inputTokens: {total, cacheRead, cacheWrite}, outputTokens: {total, reasoning}}`, or flat
 * as in version 5 and before. An object without a figure says nothing.
 */
export function readSdkUsage(value: unknown): Usage | undefined {
  const usage = unwrapJson(value);
  if (!isFields(usage)) {
    return undefined;
  }
  const { inputTokens: input, outputTokens: output } = usage;
  if (!isFields(input) && !isFields(output)) {
    return readUsageObject(usage);
  }
  const [inputSide, outputSide] = [input, output].map(side => (isFields(side) ? side : {}));
  return readUsageObject({
    prompt_tokens: inputSide?.['total'],
    completion_tokens: outputSide?.['total'],
    cache_read_tokens: inputSide?.['cacheRead'],
    cache_write_tokens: inputSide?.['cacheWrite'],
    reasoning_tokens: outputSide?.['reasoning'],
  });
}

/** Tokens in what the provider sent: a response, or the chunks of a stream, of which the later ones know more. */
export function readRawUsage(value: unknown): Usage | undefined {
  const raw = unwrapJson(value);
  const chunks = Array.isArray(raw) ? raw.slice(-maxChunks) : [raw];
  let merged: Fields = {};
  for (const chunk of chunks) {
    const found = isFields(chunk) ? usageIn(chunk) : undefined;
    if (found !== undefined) {
      const known = Object.entries(found).filter(([, figure]) => figure !== null);
      merged = { ...merged, ...Object.fromEntries(known) };
    }
  }
  return readSdkUsage(merged);
}

function usageIn(chunk: Fields): Fields | undefined {
  return places.map(path => at(chunk, path)).find(isFields);
}
