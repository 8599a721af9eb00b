import type { Usage } from '../model/usage';
import type { Rate, Rates } from './priceBook';

/** The tokens of a call as `Usage` has them; NaN where the log does not say. */
export type CallTokens = Record<keyof Usage, number>;

/** Tokens that are billed at one rate. */
export interface BilledPart {
  readonly label: string;
  readonly tokens: number;
  readonly usdPerMillion: number;
  readonly usd: number;
}

export function tokensOf(usage: Usage): CallTokens {
  return {
    inputTokens: usage.inputTokens ?? Number.NaN,
    outputTokens: usage.outputTokens ?? Number.NaN,
    cacheReadInputTokens: usage.cacheReadInputTokens ?? Number.NaN,
    cacheCreationInputTokens: usage.cacheCreationInputTokens ?? Number.NaN,
    reasoningOutputTokens: usage.reasoningOutputTokens ?? Number.NaN,
    totalTokens: usage.totalTokens ?? Number.NaN,
  };
}

/** Why the tokens of a call cannot be priced, whatever its model. */
export function whyUncounted(tokens: CallTokens): string | undefined {
  const { inputTokens, outputTokens, totalTokens } = tokens;
  // nothing, or unknown
  if (inputTokens || outputTokens) {
    return undefined;
  }
  if (!Number.isNaN(inputTokens) || !Number.isNaN(outputTokens)) {
    return 'the log records no tokens for this call';
  }
  return Number.isNaN(totalTokens)
    ? 'the log records no token counts'
    : 'the log records only a total, and input and output have different prices';
}

/** Why the tokens of a call cannot be priced by these rates. */
export function whyUnbilled(rates: Rates, tokens: CallTokens): string | undefined {
  const { inputTokens, outputTokens } = tokens;
  if (Number.isNaN(inputTokens) && rates.input) {
    return 'the log does not say how many input tokens';
  }
  if (inputTokens && !rates.input) {
    return 'the price list has no input price';
  }
  // a model without an output price (embeddings) does not bill its output, whatever the log counts there
  if (Number.isNaN(outputTokens) && rates.output) {
    return 'the log does not say how many output tokens';
  }
  const cached = (tokens.cacheReadInputTokens || 0) + (tokens.cacheCreationInputTokens || 0);
  if (cached > (inputTokens || 0)) {
    return 'the log counts more cached tokens than input tokens';
  }
  if ((tokens.reasoningOutputTokens || 0) > (outputTokens || 0)) {
    return 'the log counts more reasoning tokens than output tokens';
  }
  return undefined;
}

/** US dollars: the sum of `partsOf`, part by part, without them being made. */
export function usdOf(rates: Rates, tokens: CallTokens): number {
  const input = tokens.inputTokens || 0;
  const cacheRead = cacheReadOf(rates, tokens);
  const cacheWrite = cacheWriteOf(rates, tokens);
  const reasoning = reasoningOf(rates, tokens);
  return (
    usdAt(rates.input, input - (cacheRead + cacheWrite), input) +
    usdAt(rates.cacheRead, cacheRead, input) +
    usdAt(rates.cacheWrite, cacheWrite, input) +
    usdAt(rates.output, (tokens.outputTokens || 0) - reasoning, input) +
    usdAt(rates.reasoning, reasoning, input) +
    rates.requestsPerThousand / 1000
  );
}

export function partsOf(rates: Rates, tokens: CallTokens): readonly BilledPart[] {
  const input = tokens.inputTokens || 0;
  const cacheRead = cacheReadOf(rates, tokens);
  const cacheWrite = cacheWriteOf(rates, tokens);
  const reasoning = reasoningOf(rates, tokens);
  const cached = cacheRead + cacheWrite;
  const parts: BilledPart[] = [];
  const add = (label: string, part: number, rate: Rate | undefined): void => {
    if (part !== 0 && rate) {
      const usd = usdAt(rate, part, input);
      parts.push({ label, tokens: part, usdPerMillion: priceAt(rate, input), usd });
    }
  };
  add(cached > 0 ? 'uncached input' : 'input', input - cached, rates.input);
  add('cache read', cacheRead, rates.cacheRead);
  add('cache write', cacheWrite, rates.cacheWrite);
  add('output', (tokens.outputTokens || 0) - reasoning, rates.output);
  add('reasoning', reasoning, rates.reasoning);
  if (rates.requestsPerThousand > 0) {
    // a fee of the request itself: no tokens to multiply
    const usd = rates.requestsPerThousand / 1000;
    parts.push({ label: 'request', tokens: 0, usdPerMillion: 0, usd });
  }
  return parts;
}

function cacheReadOf(rates: Rates, { cacheReadInputTokens }: CallTokens): number {
  return rates.cacheRead ? cacheReadInputTokens || 0 : 0;
}

function cacheWriteOf(rates: Rates, { cacheCreationInputTokens }: CallTokens): number {
  return rates.cacheWrite ? cacheCreationInputTokens || 0 : 0;
}

function reasoningOf(rates: Rates, { reasoningOutputTokens }: CallTokens): number {
  return rates.reasoning ? reasoningOutputTokens || 0 : 0;
}

/** `inputTokens`: all of the call. */
function usdAt(rate: Rate | undefined, tokens: number, inputTokens: number): number {
  return rate ? (tokens * priceAt(rate, inputTokens)) / 1e6 : 0;
}

/** A tier counts for the whole call, not only for the tokens above its start: so the providers bill it. */
function priceAt({ base, tiers }: Rate, inputTokens: number): number {
  let price = base;
  for (const tier of tiers) {
    price = inputTokens > tier.start ? tier.price : price;
  }
  return price;
}
