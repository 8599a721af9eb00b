import { maxPage, type Page } from '../../protocol/page';

/** A part of a list, by position. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Never more than `maxPage` items. */
export function boundedRange({ start, end }: Range): Range {
  return { start, end: Math.min(end, start + maxPage) };
}

/** The asked part of a list; never more than `maxPage` items. */
export function toPage<T, R>(all: readonly T[], range: Range, toItem: (item: T) => R): Page<R> {
  const { start, end } = boundedRange(range);
  return { total: all.length, items: all.slice(start, end).map(toItem) };
}

/** The asked part of something that is counted and read by position. */
export function toPageOf<R>(total: number, range: Range, read: (index: number) => R): Page<R> {
  const { start, end } = boundedRange(range);
  const items: R[] = [];
  for (let index = start; index < Math.min(end, total); index++) {
    items.push(read(index));
  }
  return { total, items };
}
