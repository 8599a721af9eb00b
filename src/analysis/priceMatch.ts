import type { MatchLogic, ModelInfo, Provider } from '@pydantic/genai-prices';

export interface PricedModel {
  readonly provider: Provider;
  readonly model: ModelInfo;
}

/** A day at the end of a name or before another part of it: `-20260115`. */
const compactDay = /-(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=-|:|$)/g;

/**
 * Which entry of the price list a name means, decided as the list's own package decides it (`calcPrice`; a test compares them). The package
 * works out a table of all units that anything was ever charged by before it answers: 8 ms of each start.
 */
export function matchPrice(
  list: readonly Provider[],
  modelName: string,
  providerName: string | undefined,
): PricedModel | undefined {
  const name = modelName.toLowerCase().trim();
  const slash = name.indexOf('/');
  const isRouted = providerName?.toLowerCase() === 'litellm';
  // a gateway's own name says nothing, the part before the slash does
  const behind = isRouted && slash > 0 ? findById(list, name.slice(0, slash)) : undefined;
  if (behind && slash < name.length - 1) {
    return matchOf(list, behind, name.slice(slash + 1));
  }
  const provider = findProvider(list, name, providerName);
  return provider && matchOf(list, provider, name);
}

function findProvider(
  list: readonly Provider[],
  name: string,
  providerName: string | undefined,
): Provider | undefined {
  const named = providerName ? findById(list, providerName) : undefined;
  if (named || (providerName && providerName.toLowerCase() !== 'litellm')) {
    return named;
  }
  return list.find(({ model_match: match }) => match && isMatch(match, name));
}

function findById(list: readonly Provider[], providerName: string): Provider | undefined {
  const name = providerName.toLowerCase().trim();
  return (
    list.find(({ id }) => id === name) ??
    list.find(({ provider_match: match }) => match && isMatch(match, name))
  );
}

function matchOf(
  list: readonly Provider[],
  provider: Provider,
  name: string,
): PricedModel | undefined {
  const dashed = name.replace(compactDay, (all, year: string, month: string, day: string) =>
    isDay(year, month, day) ? `-${year}-${month}-${day}` : all,
  );
  const model =
    findModel(list, provider, name) ??
    (dashed === name ? undefined : findModel(list, provider, dashed));
  return model && { provider, model };
}

function findModel(
  list: readonly Provider[],
  provider: Provider,
  name: string,
): ModelInfo | undefined {
  const others = provider.fallback_model_providers ?? [];
  const asked = [provider, ...others.map(id => list.find(other => other.id === id))];
  return asked.flatMap(one => one?.models ?? []).find(({ match }) => isMatch(match, name));
}

function isMatch(logic: MatchLogic, text: string): boolean {
  if ('or' in logic) {
    return logic.or.some(part => isMatch(part, text));
  }
  if ('and' in logic) {
    return logic.and.every(part => isMatch(part, text));
  }
  const name = text.toLowerCase();
  if ('equals' in logic) {
    return name === logic.equals.toLowerCase();
  }
  if ('starts_with' in logic) {
    return name.startsWith(logic.starts_with.toLowerCase());
  }
  if ('ends_with' in logic) {
    return name.endsWith(logic.ends_with.toLowerCase());
  }
  return 'contains' in logic
    ? name.includes(logic.contains.toLowerCase())
    : new RegExp(logic.regex).test(text);
}

function isDay(year: string, month: string, day: string): boolean {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}
