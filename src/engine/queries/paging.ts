import { maxPage, type Page } from '../../protocol/engineContract';

/** The asked part of a list; never more than `maxPage` items. */
export function toPage<T, R>(
  all: readonly T[],
  { start, end }: { readonly start: number; readonly end: number },
  toItem: (item: T) => R,
): Page<R> {
  const last = Math.min(end, start + maxPage);
  return { total: all.length, items: all.slice(start, last).map(toItem) };
}

/** The asked part of something that is counted and read by position. */
export function toPageOf<R>(
  total: number,
  { start, end }: { readonly start: number; readonly end: number },
  read: (index: number) => R,
): Page<R> {
  const last = Math.min(end, start + maxPage, total);
  const items: R[] = [];
  for (let index = start; index < last; index++) {
    items.push(read(index));
  }
  return { total, items };
}
