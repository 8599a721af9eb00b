import { categories } from './categories/index';
import { echoPatterns } from './echoPatterns';
import { amountPatterns } from './facts/amountShapes';
import { providerNames } from './providerNames';

/** All patterns that every message meets, unless it cannot match them. */
export const patterns: readonly RegExp[] = [
  ...categories
    .flatMap(({ decisive, strong, hint, weak }) => [decisive, strong, hint, weak])
    .flatMap(signs => signs?.words ?? [])
    .map(sign => (sign instanceof RegExp ? sign : sign.words)),
  ...echoPatterns,
  ...providerNames.map(([pattern]) => pattern),
  ...amountPatterns,
];
