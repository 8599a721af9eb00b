import type { SpanError, SpanPatch } from '../model/span';
import type { Usage } from '../model/usage';
import { withoutZeros } from './fields/call';
import { hasText } from './fields/content';
import { toDurationMs } from './fields/duration';
import { toError } from './fields/errors';
import { readRequest, readResponse, toolNamesIn } from './fields/exchange';
import { readTags } from './fields/tags';
import { readUsageObject } from './fields/usage';
import { at, type Fields, isFields, toId, toLabel, toNumber, toText } from './fields/values';
import type { JsonFormat } from './format';

/** `ResultFailureReason.ERROR`: 1 is a failed assertion, which is no failed call. */
const failedCall = 2;

/**
 * Output of promptfoo: `promptfoo eval -o results.json` or `.jsonl` (a result a line).
 * https://github.com/promptfoo/promptfoo/blob/main/src/types/index.ts (EvaluateResult)
 */
export const promptfoo: JsonFormat = {
  id: 'promptfoo',
  title: 'promptfoo results',
  docs: {
    schema: 'https://github.com/promptfoo/promptfoo/blob/main/src/types/index.ts',
    writtenBy: '`promptfoo eval -o` as JSON or JSONL',
    recognisedBy: '`results.results` of, or lines with `prompt.raw`, `provider`, `vars`, `success`',
    notes:
      'A result is a call. A failed assertion is no failed call. What came from the cache has the tag `cached`; its tokens are known only in total.',
  },
  container: 'json',
  matches: record =>
    Array.isArray(record) ? isResult(record[0]) : isResult(record) || resultsOf(record).length > 0,
  read: record => {
    const list = Array.isArray(record) ? record : isResult(record) ? [record] : resultsOf(record);
    return { spans: list.filter(isResult).map(readResult) };
  },
};

function isResult(value: unknown): value is Fields {
  return (
    isFields(value) &&
    'success' in value &&
    'vars' in value &&
    isFields(value['prompt']) &&
    'raw' in value['prompt'] &&
    (isFields(value['provider']) || typeof value['provider'] === 'string')
  );
}

/** Results of a whole evaluation: beside `stats`, or one level deeper. */
function resultsOf(record: unknown): readonly unknown[] {
  if (!isFields(record)) {
    return [];
  }
  const { results } = record;
  const inner = isFields(results) ? results : record;
  const list = inner['results'];
  return Array.isArray(list) && isResult(list[0]) ? list : [];
}

function readResult(result: Fields): SpanPatch {
  const response = isFields(result['response']) ? result['response'] : {};
  const id = toId(result['id']);
  const model = modelOf(result['provider']);
  const latency = toDurationMs(response['latencyMs'] ?? result['latencyMs']);
  const cost = toNumber(response['cost'] ?? result['cost']);
  const error = readFailure(result, response);
  const isCached = response['cached'] === true;
  const answer = hasText(response['output']) === true ? readResponse(response['output']) : [];
  return {
    identity: id && `request:${id}`,
    part: 'whole',
    kind: 'call',
    name: toLabel(at(result, ['testCase', 'description'])) ?? 'eval',
    requestId: id,
    provider: model?.includes(':') === true ? model.split(':')[0] : undefined,
    model,
    durationMs: latency === 0 || isCached ? undefined : latency,
    usage: readTokens(response['tokenUsage']) ?? readTokens(result['tokenUsage']),
    loggedCostUsd: cost !== undefined && cost > 0 ? cost : undefined,
    status: error ? 'error' : 'ok',
    finishReason: toLabel(response['finishReason']),
    error,
    tags: readTags({
      metadata: {
        success: result['success'],
        cached: isCached ? true : undefined,
        label: at(result, ['prompt', 'label']),
      },
    }),
    toolCallNames: toolNamesIn(answer),
    hasInput: hasText(at(result, ['prompt', 'raw'])) === true,
    hasOutput: answer.length > 0,
    content: () => ({
      ...readRequest(at(result, ['prompt', 'raw'])),
      outputMessages: answer,
    }),
  };
}

function modelOf(provider: unknown): string | undefined {
  return toLabel(isFields(provider) ? (provider['id'] ?? provider['label']) : provider);
}

/** `cached` are the tokens of answers out of promptfoo's own cache, not of the provider's. */
function readTokens(value: unknown): Usage | undefined {
  const usage = isFields(value) ? value : {};
  const details = usage['completionDetails'];
  return withoutZeros(
    readUsageObject({
      prompt_tokens:
        usage['prompt'] === 0 && usage['completion'] === 0 ? undefined : usage['prompt'],
      completion_tokens:
        usage['prompt'] === 0 && usage['completion'] === 0 ? undefined : usage['completion'],
      total_tokens: usage['total'],
      reasoning_tokens: isFields(details) ? details['reasoning'] : undefined,
    }),
  );
}

/** Old versions have no reason: their `error` is that of an assertion when there is an answer. */
function readFailure(result: Fields, response: Fields): SpanError | undefined {
  const { error, failureReason } = result;
  const own = response['error'];
  const isFailed =
    failureReason === failedCall ||
    hasText(own) === true ||
    (failureReason === undefined && hasText(error) === true && response['output'] === undefined);
  return isFailed ? toError(toText(own ?? error ?? 'failureReason: 2')) : undefined;
}
