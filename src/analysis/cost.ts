import type { CostDetail } from '../model/costDetail';
import type { Usage } from '../model/usage';
import type { Rate, Rates } from './priceBook';
import { findRates, priceListName, pricesLoaded, runsLocally } from './priceBook';

/** What is known of a call that is to be priced. Time in epoch ms. */
export interface PriceRequest {
  readonly model?: string | undefined;
  readonly provider?: string | undefined;
  readonly usage: Usage;
  readonly startTime?: number | undefined;
  readonly loggedCostUsd?: number | undefined;
}

/** Either a cost or the reason why there is none: never 0 for "unknown". */
export interface PricedCall {
  readonly cost?: CostDetail | undefined;
  readonly unknown?: string | undefined;
}

/**
 * The cost of one call: what the log states, with the computed one beside it, else tokens times list price of its day.
 * Needs `loadPrices` first; until then only a logged cost is known.
 */
export function priceCall(request: PriceRequest): PricedCall {
  const rates = ratesFor(request);
  const computed = typeof rates === 'string' ? undefined : detail(rates, request);
  const logged = loggedUsd(request);
  if (logged !== undefined) {
    const beside = computed ? { ...computed, computedUsd: computed.usd } : { parts: [] };
    return { cost: { ...beside, usd: logged, source: 'log' } };
  }
  return typeof rates === 'string' ? { unknown: rates } : { cost: computed };
}

/** The same cost without its parts, US dollars: for sums over all calls. */
export function callUsd(request: PriceRequest): number | undefined {
  const logged = loggedUsd(request);
  if (logged !== undefined) {
    return logged;
  }
  const rates = ratesFor(request);
  return typeof rates === 'string' ? undefined : sumOf(rates, request.usage);
}

function loggedUsd({ loggedCostUsd: logged }: PriceRequest): number | undefined {
  return logged !== undefined && Number.isFinite(logged) && logged >= 0 ? logged : undefined;
}

function detail(rates: Rates, { usage, startTime }: PriceRequest): CostDetail {
  return {
    usd: sumOf(rates, usage),
    source: 'computed',
    parts: toParts(rates, usage),
    pricedAs: `${rates.model} (${rates.provider})`,
    pricesOf: priceListName,
    assumption: assumptionOf(rates, usage, startTime),
  };
}

/** By which rates the call is to be priced, or why it cannot be. */
function ratesFor({ model, provider, usage, startTime }: PriceRequest): Rates | string {
  if (!model) {
    return 'the log does not name the model';
  }
  const { inputTokens, outputTokens, cacheReadInputTokens, cacheCreationInputTokens } = usage;
  if (inputTokens === undefined && outputTokens === undefined) {
    return usage.totalTokens === undefined
      ? 'the log records no token counts'
      : 'the log records only a total, and input and output have different prices';
  }
  if (!inputTokens && !outputTokens) {
    return 'the log records no tokens for this call';
  }
  if (!pricesLoaded()) {
    return 'the price list is not loaded yet';
  }
  const rates = findRates(model, provider, startTime);
  if (!rates) {
    return provider && runsLocally(provider)
      ? `${provider} runs on your own machine and has no list price`
      : `the price list has no model "${model}"`;
  }
  if (inputTokens === undefined && rates.input) {
    return 'the log does not say how many input tokens';
  }
  if (inputTokens && !rates.input) {
    return 'the price list has no input price';
  }
  // a model without an output price (embeddings) does not bill its output, whatever the log counts there
  if (outputTokens === undefined && rates.output) {
    return 'the log does not say how many output tokens';
  }
  if ((cacheReadInputTokens ?? 0) + (cacheCreationInputTokens ?? 0) > (inputTokens ?? 0)) {
    return 'the log counts more cached tokens than input tokens';
  }
  if ((usage.reasoningOutputTokens ?? 0) > (outputTokens ?? 0)) {
    return 'the log counts more reasoning tokens than output tokens';
  }
  return rates;
}

function toParts(rates: Rates, usage: Usage): CostDetail['parts'] {
  const parts: CostDetail['parts'][number][] = [];
  eachPart(rates, usage, (label, tokens, usdPerMillion, usd) =>
    parts.push({ label, tokens, usdPerMillion, usd }),
  );
  return parts;
}

function sumOf(rates: Rates, usage: Usage): number {
  let sum = 0;
  eachPart(rates, usage, (_label, _tokens, _usdPerMillion, usd) => (sum += usd));
  return sum;
}

function eachPart(
  rates: Rates,
  usage: Usage,
  take: (label: string, tokens: number, usdPerMillion: number, usd: number) => void,
): void {
  const input = usage.inputTokens ?? 0;
  const cacheRead = rates.cacheRead ? (usage.cacheReadInputTokens ?? 0) : 0;
  const cacheWrite = rates.cacheWrite ? (usage.cacheCreationInputTokens ?? 0) : 0;
  const reasoning = rates.reasoning ? (usage.reasoningOutputTokens ?? 0) : 0;
  const add = (label: string, tokens: number, rate: Rate | undefined): void => {
    if (tokens !== 0 && rate) {
      const usdPerMillion = rateFor(rate, input);
      take(label, tokens, usdPerMillion, (tokens * usdPerMillion) / 1e6);
    }
  };
  const cached = cacheRead + cacheWrite;
  add(cached > 0 ? 'uncached input' : 'input', input - cached, rates.input);
  add('cache read', cacheRead, rates.cacheRead);
  add('cache write', cacheWrite, rates.cacheWrite);
  add('output', (usage.outputTokens ?? 0) - reasoning, rates.output);
  add('reasoning', reasoning, rates.reasoning);
  if (rates.requestsPerThousand > 0) {
    // a fee of the request itself: no tokens to multiply
    take('request', 0, 0, rates.requestsPerThousand / 1000);
  }
}

/** A tier counts for the whole call, not only for the tokens above its start: so the providers bill it. */
function rateFor(rate: Rate, inputTokens: number): number {
  return rate.tiers.reduce(
    (price, tier) => (inputTokens > tier.start ? tier.price : price),
    rate.base,
  );
}

function assumptionOf(
  rates: Rates,
  usage: Usage,
  startTime: number | undefined,
): string | undefined {
  const assumed: string[] = [];
  if (rates.cacheRead && usage.cacheReadInputTokens === undefined && usage.inputTokens) {
    assumed.push('if nothing was cached');
  }
  if (rates.hasHourCacheWrite && usage.cacheCreationInputTokens) {
    assumed.push('if the cache was written for five minutes');
  }
  if (rates.dated && startTime === undefined) {
    assumed.push('at the price of today');
  }
  return assumed.length > 0 ? assumed.join(', ') : undefined;
}
