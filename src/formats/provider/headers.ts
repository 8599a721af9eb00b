import { type Fields, isFields, ownKeys, toText } from '../fields/values';
import { objectsIn } from './joined';

const secretName = /auth|cookie|key|token|secret|credential|session|signature|passw/i;
const harmlessName = /^x-ratelimit|-tokens?-(?:limit|remaining|reset)|ratelimit/i;
const shownLength = 4; // characters of a secret that tell one from another

/** Headers as an object of texts, values of secret ones masked. Takes an object, a list of pairs or of `{name, value}`. */
export function readHeaders(value: unknown): Readonly<Record<string, string>> {
  return ownKeys(pairsOf(value).map(([name, text]) => [name, maskHeader(name, text)] as const));
}

function maskHeader(name: string, text: string): string {
  if (!secretName.test(name) || harmlessName.test(name)) {
    return text;
  }
  return text.length > 4 * shownLength ? `…${text.slice(-shownLength)} (masked)` : '(masked)';
}

function pairsOf(value: unknown): readonly (readonly [string, string])[] {
  if (Array.isArray(value)) {
    const named = objectsIn(value);
    return named.length > 0 ? named.flatMap(namedPair) : flatPairs(value);
  }
  return isFields(value)
    ? Object.entries(value).map(([name, text]) => [name, headerText(text)] as const)
    : [];
}

function namedPair({ name, value }: Fields): readonly (readonly [string, string])[] {
  return typeof name === 'string' ? [[name, headerText(value)]] : [];
}

/** Node's raw headers: name, value, name, value. */
function flatPairs(list: readonly unknown[]): readonly (readonly [string, string])[] {
  return list.flatMap((name, index) =>
    index % 2 === 0 && typeof name === 'string'
      ? [[name, headerText(list[index + 1])] as const]
      : [],
  );
}

/** VCR keeps each header as a list of values. */
function headerText(value: unknown): string {
  return Array.isArray(value) ? value.map(toText).join(', ') : toText(value ?? '');
}
