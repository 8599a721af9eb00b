/** The runs of three characters that a text has, upper and lower case alike. */
export type Grams = Uint8Array;

export const gramLength = 3;
// Two runs may share a slot: then a pattern is tried in vain.
const slots = 1 << 14;

/** Where a run at `index` is noted. */
export function slotAt(text: string, index: number): number {
  const first = text.charCodeAt(index);
  const second = text.charCodeAt(index + 1);
  const third = text.charCodeAt(index + 2);
  return (first ^ (second << 4) ^ (third << 8) ^ (third >> 6)) & (slots - 1);
}

/** Linear in the text. */
export function readGrams(text: string): Grams {
  const grams = new Uint8Array(slots);
  const lower = text.toLowerCase();
  for (let index = 0; index + gramLength <= lower.length; index++) {
    grams[slotAt(lower, index)] = 1;
  }
  return grams;
}

/** Whether one of these slots is set. A loop: it runs five hundred times a message. */
export function hasOne(grams: Grams, wanted: readonly number[]): boolean {
  for (let index = 0; index < wanted.length; index++) {
    if (grams[wanted[index] ?? 0] === 1) {
      return true;
    }
  }
  return false;
}
