import type { Usage } from '../../model/usage';
import { candidatesIn } from './shape';
import { at, type Fields, firstOf, isFields, type Path, paths, toCount, toNumber } from './values';

/** Input names that always count cached tokens in (OpenAI and everybody who copies it). */
const inclusiveInput =
  paths(`prompt_tokens promptTokens tokens_prompt prompt_token_count promptTokenCount
  num_prompt_tokens prompt_eval_count prompt_token tokens_in_prompt`);
/** Input names that Anthropic uses without the cached tokens, others with them: the cache fields beside them decide. */
const otherInput = paths(
  'input_tokens inputTokens tokens_in tokensIn tokens_input input_token_count inputTokenCount in_tokens request_tokens num_input_tokens input_token',
);
const output =
  paths(`completion_tokens completionTokens tokens_completion output_tokens outputTokens generatedTokens
  generated_tokens tokens_out tokensOut tokens_output completion_token_count output_token_count outputTokenCount
  candidatesTokenCount eval_count out_tokens response_tokens num_output_tokens num_completion_tokens answer_tokens output_token
  completion_token`);
const total = paths(
  'total_tokens totalTokens tokens_total tokens_used totalTokenCount token_count tokenCount tokens',
);
const estimatedInput = paths(
  'input_tokens_est prompt_tokens_est estimated_input_tokens estimated_prompt_tokens',
);
const estimatedOutput = paths('output_tokens_est completion_tokens_est estimated_output_tokens');
/** Names that mean tokens only inside an object that is about tokens. */
const nestedInput = paths('input prompt in request');
const nestedOutput = paths('output completion out response');
const nestedTotal = paths('total');

const separateCacheRead = paths('cache_read_input_tokens cacheReadInputTokens');
const separateCacheCreation = paths(
  'cache_creation_input_tokens cacheCreationInputTokens cacheWriteInputTokens',
);
const includedCacheRead =
  paths(`prompt_tokens_details.cached_tokens input_tokens_details.cached_tokens
  input_token_details.cache_read cached_tokens cachedTokens cached_input_tokens cachedInputTokens
  prompt_cache_hit_tokens cachedContentTokenCount cache_read_tokens cache.read`);
const includedCacheCreation = paths(
  `prompt_tokens_details.cache_write_tokens input_tokens_details.cache_write_tokens
  input_token_details.cache_creation cache_write_tokens cache.write`,
);
const reasoning =
  paths(`completion_tokens_details.reasoning_tokens output_tokens_details.reasoning_tokens
  output_token_details.reasoning reasoning_output_tokens reasoning_tokens reasoningTokens`);
/** Gemini counts thoughts beside the answer, not in it, and what its own tools put into the prompt beside the prompt. */
const separateReasoning = paths('thoughtsTokenCount');
const separateToolInput = paths('toolUsePromptTokenCount');

const containers =
  paths(`usage token_usage tokenUsage tokens usageMetadata usage_metadata response.usage result.usage
  output.usage data.usage metadata.usage response.usageMetadata response.usage_metadata response_metadata.token_usage
  llm_output.token_usage llm_output.usage response.llm_output.token_usage response.llm_output.usage response.token_usage response.tokens
  response.body.usage response_body.usage message.usage meta.usage token_count tokenCount token_counts tokenCounts tokens_used tokensUsed
  metadata.tokens metrics.tokens stats.tokens usage.tokens`);
/** Objects that may hold tokens among other figures: only names that say tokens count there. */
const mixed = paths('metrics stats metadata meta response result performance data');
const sides: readonly [Path, Path] = [
  ['input', 'tokens'],
  ['output', 'tokens'],
];
const everyName = [
  ...inclusiveInput,
  ...otherInput,
  ...output,
  ...total,
  ...estimatedInput,
  ...estimatedOutput,
];

/** A record is asked for its tokens several times in a row: to be claimed, unwrapped and read. */
let last: { readonly fields: Fields; readonly usage: Usage | undefined } | undefined;

/** Tokens of a record, wherever they stand in it. undefined when it says nothing of tokens. */
export function readUsage(fields: Fields): Usage | undefined {
  if (last?.fields !== fields) {
    last = { fields, usage: findUsage(fields) };
  }
  return last.usage;
}

function findUsage(fields: Fields): Usage | undefined {
  let known: Usage | undefined;
  for (const path of candidatesIn(fields, containers)) {
    const container = at(fields, path);
    const usage = isFields(container) ? usageIn(container, true) : undefined;
    if (usage?.inputTokens !== undefined || usage?.outputTokens !== undefined) {
      return usage;
    }
    known ??= usage;
  }
  for (const path of candidatesIn(fields, mixed)) {
    const container = at(fields, path);
    const usage = isFields(container) ? usageIn(container, false) : undefined;
    if (usage?.inputTokens !== undefined || usage?.outputTokens !== undefined) {
      return usage;
    }
  }
  const flat = usageIn(fields, false);
  if (flat?.inputTokens !== undefined || flat?.outputTokens !== undefined) {
    return flat;
  }
  const inputTokens = toCount(at(fields, sides[0]));
  const outputTokens = toCount(at(fields, sides[1]));
  return inputTokens === undefined && outputTokens === undefined
    ? (known ?? flat)
    : { inputTokens, outputTokens };
}

/** Tokens in an object that is the usage itself, as providers return it. */
export function readUsageObject(value: unknown): Usage | undefined {
  return isFields(value) ? usageIn(value, true) : undefined;
}

/** Whether the object has a field for tokens, known or null. */
export function hasUsageField(fields: Fields): boolean {
  return (
    candidatesIn(fields, everyName).some(path => isCountOrNull(at(fields, path))) ||
    readUsage(fields) !== undefined
  );
}

/** A list of tokens, or a token to log in with, is none. */
function isCountOrNull(value: unknown): boolean {
  return value === null || toNumber(value) !== undefined;
}

function usageIn(fields: Fields, isUsage: boolean): Usage | undefined {
  const inclusive = firstOf(fields, inclusiveInput, toCount);
  const other =
    firstOf(fields, otherInput, toCount) ??
    (isUsage ? firstOf(fields, nestedInput, toCount) : undefined);
  const asked = inclusive ?? other ?? firstOf(fields, estimatedInput, toCount);
  const logged = plus(asked, firstOf(fields, separateToolInput, toCount));
  const answered =
    firstOf(fields, output, toCount) ??
    (isUsage ? firstOf(fields, nestedOutput, toCount) : undefined) ??
    firstOf(fields, estimatedOutput, toCount);
  const sum =
    firstOf(fields, total, toCount) ??
    (isUsage ? firstOf(fields, nestedTotal, toCount) : undefined);
  const thought = firstOf(fields, reasoning, toCount);
  const outside =
    firstOf(fields, separateReasoning, toCount) ??
    (isBeside(thought, logged, answered, sum) ? thought : undefined);
  if (
    logged === undefined &&
    answered === undefined &&
    sum === undefined &&
    outside === undefined
  ) {
    return undefined;
  }
  const separateRead = firstOf(fields, separateCacheRead, toCount);
  const separateCreation = firstOf(fields, separateCacheCreation, toCount);
  const cacheRead = separateRead ?? firstOf(fields, includedCacheRead, toCount);
  const cacheCreation = separateCreation ?? firstOf(fields, includedCacheCreation, toCount);
  const cached = (cacheRead ?? 0) + (cacheCreation ?? 0);
  const hasSeparateNames = separateRead !== undefined || separateCreation !== undefined;
  // more cached than all input is only possible when the input leaves the cached tokens out
  const isExclusive =
    logged !== undefined && ((inclusive === undefined && hasSeparateNames) || cached > logged);
  return {
    inputTokens: isExclusive ? logged + cached : logged,
    outputTokens: plus(answered, outside),
    cacheReadInputTokens: cacheRead,
    cacheCreationInputTokens: cacheCreation,
    reasoningOutputTokens: outside ?? thought,
    totalTokens: logged !== undefined && answered !== undefined ? undefined : sum,
  };
}

/** xAI leaves the reasoning out of the completion: only its total says so. */
function isBeside(
  thought: number | undefined,
  asked: number | undefined,
  answered: number | undefined,
  sum: number | undefined,
): boolean {
  return (
    thought !== undefined &&
    thought > 0 &&
    asked !== undefined &&
    answered !== undefined &&
    sum === asked + answered + thought
  );
}

function plus(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : one + other;
}
