import type { Random } from '../../test/fuzz/random';

/** 0 ≤ x < 1. */
export function fraction(random: Random): number {
  return random.below(2 ** 32) / 2 ** 32;
}

/** Whether something comes true that does so `share` (0..1) of the time. */
export function chance(random: Random, share: number): boolean {
  return fraction(random) < share;
}

/** A number whose logarithm is normal: sizes and latencies are so. `spread` is that of the logarithm. */
export function logNormal(random: Random, median: number, spread: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - fraction(random)));
  return median * Math.exp(spread * radius * Math.cos(2 * Math.PI * fraction(random)));
}

/** So many hexadecimal digits. */
export function hex(random: Random, digits: number): string {
  let text = '';
  while (text.length < digits) {
    text += random
      .below(2 ** 32)
      .toString(16)
      .padStart(8, '0');
  }
  return text.slice(0, digits);
}
