import type { Output } from './output';
import { cutToWidth, displayWidth, makeVisible, toOneLine } from './visibleText';

export interface Column {
  readonly title: string;
  readonly align?: 'right' | undefined;
}

const maxCellWidth = 48; // terminal columns; the whole text is in --json and in `show`
const maxCellLength = 1000; // UTF-16 units that are looked at: a cell may be a message of many megabytes
const measuredRows = 1000; // rows that decide how wide the columns are; later ones are printed as they come

/** Prints aligned columns under their titles. Returns how many rows there were. */
export async function printTable(
  out: Output,
  columns: readonly Column[],
  rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>,
): Promise<number> {
  let count = 0;
  let head: string[][] = [columns.map(column => column.title)];
  let widths: readonly number[] | undefined;
  for await (const row of rows) {
    count++;
    if (widths) {
      await out.printText(toLine(columns, widths, toCells(row)));
      continue;
    }
    head.push(toCells(row));
    if (head.length > measuredRows) {
      widths = measure(columns, head);
      await printLines(out, columns, widths, head);
      head = [];
    }
  }
  await printLines(out, columns, widths ?? measure(columns, head), head);
  return count;
}

/** Prints names and values beside each other, without titles. */
export async function printPairs(
  out: Output,
  rows: readonly (readonly [string, string])[],
): Promise<void> {
  const cells = rows.map(toCells);
  const columns = [{ title: '' }, { title: '' }];
  await printLines(out, columns, measure(columns, cells), cells);
}

async function printLines(
  out: Output,
  columns: readonly Column[],
  widths: readonly number[],
  rows: readonly (readonly string[])[],
): Promise<void> {
  for (const row of rows) {
    await out.printText(toLine(columns, widths, row));
  }
}

/** Cells come from logs: made one line, visible and bounded. The last one is not cut: it is the key that people copy. */
function toCells(row: readonly string[]): string[] {
  return row.map((cell, index) => {
    const text = makeVisible(toOneLine(cell.slice(0, maxCellLength)));
    return index === row.length - 1 ? text : cutToWidth(text, maxCellWidth);
  });
}

function measure(columns: readonly Column[], rows: readonly (readonly string[])[]): number[] {
  return columns.map((_, index) =>
    rows.reduce((widest, row) => Math.max(widest, displayWidth(row[index] ?? '')), 0),
  );
}

function toLine(
  columns: readonly Column[],
  widths: readonly number[],
  row: readonly string[],
): string {
  return columns
    .map((column, index) => {
      const cell = row[index] ?? '';
      const padding = ' '.repeat(Math.max(0, (widths[index] ?? 0) - displayWidth(cell)));
      return column.align === 'right' ? padding + cell : cell + padding;
    })
    .join('  ')
    .trimEnd();
}
