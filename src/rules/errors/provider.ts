import { mayMatch } from './prefilter';
import { providerNames } from './providerNames';
import type { Signals } from './signals';

const tests = providerNames.map(([pattern]) => mayMatch(pattern));

/** The provider whose pages to show: as logged, else as the message betrays it. */
export function guessProvider(provider: string | undefined, signals: Signals): string | undefined {
  const logged = provider?.toLowerCase();
  if (logged !== undefined) {
    return providerNames.find(([pattern]) => pattern.test(logged))?.[1] ?? logged;
  }
  const lower = signals.flat.text.toLowerCase();
  return providerNames.find(
    ([pattern], index) => tests[index]?.(signals.grams) === true && pattern.test(lower),
  )?.[1];
}
