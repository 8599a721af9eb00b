import type { Usage } from '../../model/usage';
import { parseDuration } from './duration';
import { exceptionOf, splitTypedMessage } from './errors';
import { toCount } from './values';

/** What a line of prose says of a call. */
export interface CallSentence {
  readonly model: string;
  readonly durationMs?: number | undefined;
  readonly usage?: Usage | undefined;
  readonly failure?: { readonly type?: string | undefined; readonly message: string } | undefined;
}

/** Characters of the first line that are searched. */
const searched = 600;

// Families as people name them, perhaps behind a provider: `openai/gpt-4o`, `bedrock/anthropic.claude-…`, `ft:gpt-4o`.
const family =
  /^(?:[\w.-]{1,40}[/:])*(?:[a-z]{2,12}\.)*(?:gpt|chatgpt|o[1345](?=$|-)|claude|gemini|gemma|llama|mistral|mixtral|ministral|codestral|magistral|qwen|qwq|deepseek|command|grok|phi|text-embedding|embed|kimi|moonshot|nova|titan|glm|palm|yi-|jamba|sonar|whisper|tts|dall-e|davinci|nomic|bge|minimax|ernie|falcon|starcoder|granite)/i;
const word = '[`\'"]?([\\w./:@+-]{1,120}?)[`\'"]?';
const named = new RegExp(
  `\\b(?:called|calling|call(?:ed)? to|calls? to|invoked|invoking|queried|querying|request(?:ed)? to|requesting|requested|response from|reply from|answer from|completion from|completed|error from) (?:model |llm )?${word}(?=$|[\\s,;:()[\\]]|\\.(?:\\s|$))`,
  'gi',
);
const said = new RegExp(
  `\\b(?:llm (?:call|request) to|(?:llm|the) model|model[=:]) ?${word}(?=$|[\\s,;:()[\\]])`,
  'gi',
);
const subject = new RegExp(
  `${word} (?:call|request|responded|answered|completed|replied|finished|failed|timed out)\\b`,
  'gi',
);

const duration =
  /\b(?:in|after|took|latency[=:]|duration[=:]|elapsed[=:]) ?(\d{1,12}(?:\.\d{1,12})? ?(?:ms|milliseconds?|s|secs?|seconds?|minutes?)?)(?![\w.]| tokens?\b)/i;
/** What will be done in so many seconds has not been done. */
const waiting = /\b(?:retry|retries|retrying|waiting|sleeping|backing off|will|scheduled)\b/i;
const inputTokens =
  /\b(?:prompt|input)[_ ]tokens ?[=:] ?(\d{1,12})|\b(\d{1,12}) (?:prompt|input) tokens/i;
const outputTokens =
  /\b(?:completion|output)[_ ]tokens ?[=:] ?(\d{1,12})|\b(\d{1,12}) (?:completion|output) tokens/i;
const allTokens = /\b(?:total[_ ])?tokens ?[=:] ?(\d{1,12})|\b(\d{1,12}) (?:total )?tokens/i;

/**
 * Reads `Called gpt-4o in 0.3 seconds`, `LLM call to gpt-4o failed: RateLimitError: …`. undefined when the line does not
 * speak of a call that is over: it names no model, or neither how long it took nor that it failed.
 */
export function readCallSentence(message: string, isError: boolean): CallSentence | undefined {
  const line = message.split('\n', 1)[0] ?? '';
  const text = line.slice(0, searched);
  const durationMs = durationIn(text);
  if (!isError && waiting.test(text)) {
    return undefined;
  }
  const isFailure = isError || /\bfail|timed out/i.test(text);
  // most lines of a text log speak of no call: the cheap questions come first
  const model = isFailure || durationMs !== undefined ? findModel(text) : undefined;
  if (model === undefined) {
    return undefined;
  }
  return isFailure
    ? { model, durationMs, failure: failureOf(message, line) }
    : { model, durationMs, usage: usageIn(text) };
}

/** Whether a name is one of the families of language models. */
export function isModelName(name: string): boolean {
  return family.test(name);
}

/** The first word that is a model's name, as families of models are named. */
export function modelIn(text: string): string | undefined {
  return text
    .split(/[\s,;()[\]'"`=]+/)
    .map(part => part.replace(/[:.]+$/, ''))
    .find(part => part.length > 3 && /\d/.test(part) && family.test(part));
}

function findModel(text: string): string | undefined {
  for (const pattern of [said, named, subject]) {
    for (const match of text.matchAll(pattern)) {
      const name = match[1];
      if (name !== undefined && (pattern === said || family.test(name)) && /[a-z]/i.test(name)) {
        return name;
      }
    }
  }
  return undefined;
}

function durationIn(text: string): number | undefined {
  const found = duration.exec(text)?.[1];
  if (found === undefined) {
    return undefined;
  }
  return parseDuration(found) ?? parseDuration(`${found}s`);
}

function usageIn(text: string): Usage | undefined {
  const count = (pattern: RegExp): number | undefined => {
    const match = pattern.exec(text);
    return toCount(match?.[1] ?? match?.[2]);
  };
  const input = count(inputTokens);
  const output = count(outputTokens);
  if (input !== undefined || output !== undefined) {
    return { inputTokens: input, outputTokens: output };
  }
  const total = count(allTokens);
  return total === undefined ? undefined : { totalTokens: total };
}

/** What stands behind `failed:`; without it the exception of the traceback below, else the line itself. */
function failureOf(message: string, line: string): { type?: string | undefined; message: string } {
  const marker = /\b(?:failed|timed out|error[^:]{0,160})(?: after [^:]{1,40})?: /i.exec(line);
  const rest = marker ? message.slice(marker.index + marker[0].length) : '';
  if (rest !== '') {
    const [first = '', ...others] = rest.split('\nTraceback ');
    return splitTypedMessage(others.length > 0 ? first : rest);
  }
  return exceptionOf(message.slice(line.length)) ?? { message: line.trim() };
}
