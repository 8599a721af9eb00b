import type { calcPrice as CalcPrice, ModelPrice } from '@pydantic/genai-prices';
import { DatedPrices } from './datedPrices';

/** The package carries no date of its list, so its version says which list it is. A test compares it to the package. */
export const priceListName = '@pydantic/genai-prices 0.1.8';

/** A price of a million tokens; a tier holds for all tokens of a call whose input is larger than `start`. */
export interface Rate {
  readonly base: number;
  readonly tiers: readonly { readonly start: number; readonly price: number }[];
}

/** US dollars for a million tokens, or for a thousand requests. */
export interface Rates {
  readonly provider: string;
  readonly model: string;
  readonly input?: Rate | undefined;
  readonly cacheRead?: Rate | undefined;
  readonly cacheWrite?: Rate | undefined;
  readonly hasHourCacheWrite: boolean;
  readonly output?: Rate | undefined;
  readonly reasoning?: Rate | undefined;
  readonly requestsPerThousand: number;
  /** The price depends on the day or hour. */
  readonly dated: boolean;
}

type Calculate = typeof CalcPrice;
type Calculation = NonNullable<ReturnType<Calculate>>;

/** What the list says of one model. */
export interface ModelPrices {
  readonly contextWindow: number | undefined;
  /** At a time (epoch ms; undefined, or no date: now). */
  at(time: number | undefined): Rates;
}

// makers whose models the list does not all recognise by name alone (embeddings), asked last
const makers = ['openai', 'google', 'mistral', 'cohere', 'voyageai'];
const maxModelLength = 200; // characters; the list matches by pattern, and names come from logs
const maxMatches = 5000; // distinct pairs of provider and model that are remembered
/** By provider and model. */
const matches = new Map<string | undefined, Map<string, ModelPrices | null>>();
let matchCount = 0;
let calculate: Calculate | undefined;
let loading: Promise<void> | undefined;

/**
 * Reads the price list into memory, once. Until it settles no cost is computed. The list is 310 kB, so it is imported
 * by `import()` and here only: the bundler makes a file of its own of it (`parts` in esbuild.js).
 */
export function loadPrices(): Promise<void> {
  loading ??= import('@pydantic/genai-prices').then(table => {
    calculate = table.calcPrice;
  });
  return loading;
}

/** Whether costs can be computed now. */
export function pricesLoaded(): boolean {
  return calculate !== undefined;
}

/**
 * What the list says of a model at a time (epoch ms; undefined: now). The provider is a hint: gateways and loggers name
 * the wrong one. undefined: the list has no such model, or is not loaded.
 */
export function findRates(
  model: string,
  provider: string | undefined,
  time: number | undefined,
): Rates | undefined {
  return findPrices(model, provider)?.at(time);
}

/** The same at any time. */
export function findPrices(model: string, provider: string | undefined): ModelPrices | undefined {
  return calculate && model.length <= maxModelLength
    ? (matchOf(calculate, model, provider) ?? undefined)
    : undefined;
}

/**
 * How many tokens, input and output together, a model can look at; by the price list, which does not know it of every
 * model. undefined too while the list is not loaded.
 */
export function findContextWindow(model: string, provider: string | undefined): number | undefined {
  return findPrices(model, provider)?.contextWindow;
}

function matchOf(list: Calculate, model: string, provider: string | undefined): ModelPrices | null {
  const ofProvider = matches.get(provider);
  const known = ofProvider?.get(model);
  if (known !== undefined) {
    return known;
  }
  const match = findMatch(list, model, provider);
  if (matchCount < maxMatches) {
    matchCount++;
    matches.set(provider, (ofProvider ?? new Map<string, ModelPrices | null>()).set(model, match));
  }
  return match;
}

function findMatch(
  list: Calculate,
  model: string,
  provider: string | undefined,
): ModelPrices | null {
  for (const [providerId, name] of candidates(model, provider)) {
    // no tokens: only the match and its prices are wanted
    const found = list({}, name, providerId === undefined ? {} : { providerId });
    if (found) {
      return toPrices(found);
    }
  }
  return null;
}

function toPrices(found: Calculation): ModelPrices {
  const { context_window: contextWindow, prices } = found.model;
  if (!Array.isArray(prices)) {
    const rates = toRates(found, prices);
    return { contextWindow, at: () => rates };
  }
  const dated = new DatedPrices(prices);
  const rates = prices.map(price => toRates(found, price.prices));
  return { contextWindow, at: time => rates[dated.indexAt(time)] ?? toRates(found, {}) };
}

/** Provider and model as logged first; then the model alone, without the gateway's prefix: `anthropic/claude-…`. */
function* candidates(
  model: string,
  provider: string | undefined,
): Generator<readonly [string | undefined, string]> {
  const slash = model.indexOf('/');
  if (provider) {
    yield [provider, model];
  }
  if (slash > 0) {
    yield [model.slice(0, slash), model.slice(slash + 1)];
  }
  if (provider && runsLocally(provider)) {
    return;
  }
  yield [undefined, model];
  const bare = model.slice(model.lastIndexOf('/') + 1);
  if (slash > 0) {
    yield [undefined, bare];
  }
  for (const maker of makers) {
    yield [maker, bare];
  }
}

/** A model on the user's own machine has no list price, whatever its name. */
export function runsLocally(provider: string): boolean {
  return /^(ollama|llama\.?cpp|lm[ _-]?studio|vllm|localai|gpt4all|mlx|local)/i.test(provider);
}

function toRates(found: Calculation, prices: ModelPrice): Rates {
  return {
    provider: found.provider.name,
    model: found.model.id,
    input: toRate(prices['input_mtok']),
    cacheRead: toRate(prices['cache_read_mtok']),
    cacheWrite: toRate(prices['cache_write_mtok']),
    hasHourCacheWrite: prices['cache_write_1h_mtok'] !== undefined,
    output: toRate(prices['output_mtok']),
    reasoning: toRate(prices['output_reasoning_mtok']),
    requestsPerThousand: toRate(prices['requests_kcount'])?.base ?? 0,
    dated: Array.isArray(found.model.prices),
  };
}

function toRate(price: ModelPrice[string]): Rate | undefined {
  if (price === undefined) {
    return undefined;
  }
  if (typeof price === 'number') {
    return { base: price, tiers: [] };
  }
  return { base: price.base, tiers: price.tiers };
}
