import type { calcPrice as CalcPrice } from '@pydantic/genai-prices';

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
interface Match {
  readonly providerId: string | undefined;
  readonly model: string;
  /** undefined when the price depends on the time. */
  readonly rates: Rates | undefined;
  readonly contextWindow: number | undefined;
  /** Where the price depends on the time: on what of it. */
  readonly dependsOn: { readonly day: boolean; readonly hour: boolean };
  /** And what it was at those that were asked for. */
  readonly byTime: Map<number, Rates | undefined>;
}

// makers whose models the list does not all recognise by name alone (embeddings), asked last
const makers = ['openai', 'google', 'mistral', 'cohere', 'voyageai'];
const maxModelLength = 200; // characters; the list matches by pattern, and names come from logs
const minuteMs = 60_000;
const minutesOfDay = 24 * 60;
const maxTimes = 3000; // of a model that are remembered
const maxMatches = 5000; // distinct pairs of provider and model that are remembered
/** By provider and model. */
const matches = new Map<string | undefined, Map<string, Match | null>>();
let matchCount = 0;
let calculate: Calculate | undefined;
let loading: Promise<void> | undefined;

/**
 * Reads the price list into memory, once. Until it settles no cost is computed. The list is 466 kB, so it is imported
 * by `import()` and here only: the bundler makes a file of its own of it (`pricesApart` in esbuild.js).
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
  if (!calculate || model.length > maxModelLength) {
    return undefined;
  }
  const match = matchOf(calculate, model, provider);
  if (!match || match.rates) {
    return match?.rates;
  }
  const { dependsOn, byTime } = match;
  const key = timeKey(time, dependsOn);
  let rates = byTime.get(key);
  if (rates === undefined && !byTime.has(key)) {
    const found = ask(calculate, match.model, match.providerId, time);
    rates = found && toRates(found);
    if (byTime.size >= maxTimes) {
      byTime.clear();
    }
    byTime.set(key, rates);
  }
  return rates;
}

/** Times with the same key have the same price: the list knows days, and minutes of a day, both in UTC. */
function timeKey(time: number | undefined, { day, hour }: Match['dependsOn']): number {
  const minute = Math.floor((time ?? Number.NaN) / minuteMs);
  if (day && hour) {
    return minute;
  }
  return day ? Math.floor(minute / minutesOfDay) : minute % minutesOfDay;
}

/**
 * How many tokens, input and output together, a model can look at; by the price list, which does not know it of every
 * model. undefined too while the list is not loaded.
 */
export function findContextWindow(model: string, provider: string | undefined): number | undefined {
  return calculate && model.length <= maxModelLength
    ? matchOf(calculate, model, provider)?.contextWindow
    : undefined;
}

function matchOf(list: Calculate, model: string, provider: string | undefined): Match | null {
  const ofProvider = matches.get(provider);
  const known = ofProvider?.get(model);
  if (known !== undefined) {
    return known;
  }
  const match = findMatch(list, model, provider);
  if (matchCount < maxMatches) {
    matchCount++;
    matches.set(provider, (ofProvider ?? new Map<string, Match | null>()).set(model, match));
  }
  return match;
}

function findMatch(list: Calculate, model: string, provider: string | undefined): Match | null {
  for (const [providerId, name] of candidates(model, provider)) {
    const found = ask(list, name, providerId, undefined);
    if (found) {
      const rates = Array.isArray(found.model.prices) ? undefined : toRates(found);
      const contextWindow = found.model.context_window;
      const dependsOn = dependenceOf(found.model.prices);
      return { providerId, model: name, rates, contextWindow, dependsOn, byTime: new Map() };
    }
  }
  return null;
}

function dependenceOf(prices: Calculation['model']['prices']): Match['dependsOn'] {
  const types = Array.isArray(prices) ? prices.map(({ constraint }) => constraint?.type) : [];
  // what is neither may be both
  return {
    day: types.some(type => type !== undefined && type !== 'time_of_date'),
    hour: types.some(type => type !== undefined && type !== 'start_date'),
  };
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

function ask(
  list: Calculate,
  model: string,
  providerId: string | undefined,
  time: number | undefined,
): Calculation | undefined {
  const timestamp = time === undefined ? undefined : new Date(time);
  const options = {
    ...(providerId === undefined ? {} : { providerId }),
    ...(timestamp && !Number.isNaN(timestamp.getTime()) ? { timestamp } : {}),
  };
  // no tokens: only the match and the prices of that day are wanted
  return list({}, model, options) ?? undefined;
}

function toRates(found: Calculation): Rates {
  const prices = found.model_price;
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

function toRate(price: Calculation['model_price'][string]): Rate | undefined {
  if (price === undefined) {
    return undefined;
  }
  if (typeof price === 'number') {
    return { base: price, tiers: [] };
  }
  return { base: price.base, tiers: price.tiers };
}
