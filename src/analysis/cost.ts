import type { CostDetail } from '../model/costDetail';
import type { Usage } from '../model/usage';
import { type CallTokens, partsOf, tokensOf, usdOf, whyUnbilled, whyUncounted } from './billing';
import type { ModelPrices, Rates } from './priceBook';
import { findPrices, findRates, priceListName, pricesLoaded, runsLocally } from './priceBook';

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
  const tokens = tokensOf(request.usage);
  const rates = ratesFor(request, tokens);
  const computed = typeof rates === 'string' ? undefined : detail(rates, tokens, request);
  const logged = request.loggedCostUsd;
  if (logged !== undefined && isCost(logged)) {
    const beside = computed ? { ...computed, computedUsd: computed.usd } : { parts: [] };
    return { cost: { ...beside, usd: logged, source: 'log' } };
  }
  return typeof rates === 'string' ? { unknown: rates } : { cost: computed };
}

/** The same cost without its parts, US dollars; undefined when unknown. */
export function callUsd(request: PriceRequest): number | undefined {
  const logged = request.loggedCostUsd;
  if (logged !== undefined && isCost(logged)) {
    return logged;
  }
  const tokens = tokensOf(request.usage);
  const rates = ratesFor(request, tokens);
  return typeof rates === 'string' ? undefined : usdOf(rates, tokens);
}

/** What calls of one model cost, without the parts: for sums over all calls. To be made anew when the prices are there. */
export class CallPrices {
  readonly #prices: ModelPrices | undefined;

  constructor(model: string | undefined, provider: string | undefined) {
    this.#prices = model ? findPrices(model, provider) : undefined;
  }

  /** US dollars, as `priceCall` says; NaN when unknown. Time in epoch ms, NaN when unknown; `logged` NaN when the log states none. */
  usd(tokens: CallTokens, startTime: number, logged: number): number {
    if (isCost(logged)) {
      return logged;
    }
    const rates =
      this.#prices && whyUncounted(tokens) === undefined ? this.#prices.at(startTime) : undefined;
    return rates && whyUnbilled(rates, tokens) === undefined ? usdOf(rates, tokens) : Number.NaN;
  }
}

function isCost(logged: number): boolean {
  return Number.isFinite(logged) && logged >= 0;
}

function detail(rates: Rates, tokens: CallTokens, { usage, startTime }: PriceRequest): CostDetail {
  return {
    usd: usdOf(rates, tokens),
    source: 'computed',
    parts: partsOf(rates, tokens),
    pricedAs: `${rates.model} (${rates.provider})`,
    pricesOf: priceListName,
    assumption: assumptionOf(rates, usage, startTime),
  };
}

/** By which rates the call is to be priced, or why it cannot be. */
function ratesFor(
  { model, provider, startTime }: PriceRequest,
  tokens: CallTokens,
): Rates | string {
  if (!model) {
    return 'the log does not name the model';
  }
  const uncounted = whyUncounted(tokens);
  if (uncounted !== undefined) {
    return uncounted;
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
  return whyUnbilled(rates, tokens) ?? rates;
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
