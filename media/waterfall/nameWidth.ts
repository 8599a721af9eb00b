import type { Trace } from '../../src/model/trace';
import { forEachRow, type Row } from './rows';
import { rowSigns, rowWords } from './rowWords';

/** Pixels that the column of the names needs. */
export interface NameWidths {
  /** So that no name is cut. */
  readonly need: number;
  /** So that no description is cut either; more would stay empty. */
  readonly want: number;
}

/** Rows that are measured: a column that fits these fits the others well enough. */
const measuredRows = 500;
/** Padding, twistie and icon with the gaps between them; waterfall.css has the same. */
const beforeName = 56;
const indent = 8;
const signWidth = 20;
/** Descriptions are that much smaller than names. */
const descriptionScale = 0.9;
const gap = 4;

/** `measure` gives the width of a text in the font of the names, pixels. */
export function nameWidths(
  rows: readonly Row[],
  trace: Trace | undefined,
  measure: (text: string) => number,
): NameWidths {
  let need = 0;
  let want = 0;
  let measured = 0;
  forEachRow(rows, (row, depth) => {
    if (++measured > measuredRows) {
      return;
    }
    const { name, description } = rowWords(row, trace);
    const alone = beforeName + depth * indent + rowSigns(row).length * signWidth + measure(name);
    const more = description === '' ? 0 : gap + measure(description) * descriptionScale;
    need = Math.max(need, alone);
    want = Math.max(want, alone + more);
  });
  return { need: Math.ceil(need), want: Math.ceil(want) };
}
