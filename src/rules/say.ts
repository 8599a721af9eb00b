import { once } from '../model/once';

/** A number as people read it: `131,422`. */
export function count(value: number): string {
  return grouped().format(value);
}
const grouped = once(() => new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 }));

/** US dollars: cents where they say something, more digits where they do not. */
export function dollars(value: number): string {
  return `$${value >= 1 ? value.toFixed(2) : value.toPrecision(2)}`;
}

/** `850 ms`, `1.5 s`, `4 min`. */
export function span(ms: number): string {
  if (ms < 1000) {
    return `${Math.round(ms)} ms`;
  }
  return ms < 120_000 ? `${count(ms / 1000)} s` : `${count(ms / 60_000)} min`;
}

/** One line of at most so many characters. */
export function shorten(text: string, maxLength: number): string {
  const line = text
    .slice(0, 4 * maxLength)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > maxLength ? `${line.slice(0, maxLength - 1)}…` : line;
}

/** `1 call`, `3 calls`. */
export function several(amount: number, noun: string): string {
  return `${count(amount)} ${noun}${amount === 1 ? '' : 's'}`;
}
