import type { SpanStore } from '../store/spanStore';

/** So many times the texts of an engine that has read everything itself may be kept for as many rows. */
const mostTexts = 2;

/** How much is known. Tables do not shrink when texts are forgotten, so those of logs that are gone would be kept from start to start. */
export interface KeptSize {
  readonly texts: number;
  readonly rows: number;
}

export function sizeOf(store: SpanStore): KeptSize {
  const rows = store.files().reduce((sum, file) => sum + file.rows.length, 0);
  return { texts: store.strings.end, rows };
}

/** Whether most texts are of no use any more. `fresh`: when everything had been read last. */
export function isMostlyGarbage({ texts, rows }: KeptSize, fresh: KeptSize): boolean {
  return texts > mostTexts * fresh.texts * Math.max(1, rows / fresh.rows);
}
