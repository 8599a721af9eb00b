import type { Span } from '../src/model/span';
import type { PanelStore } from './panelStore';
import { neighbour, spanKeyOf } from './selection';
import { forEachRow } from './waterfall/rows';

/** Selects the next or previous span that fits, opening the rows that it is in. */
export function goTo(store: PanelStore, direction: 1 | -1, wanted: (span: Span) => boolean): void {
  const { state, derived } = store;
  const current = spanKeyOf(derived.byId.get(state.selectedId ?? ''));
  const next = neighbour(state.trace?.spans ?? [], current, direction, wanted);
  if (next) {
    openTo(store, `span:${next.key}`);
    store.select(`span:${next.key}`);
  }
}

/** Opens all rows that contain one, so that it can be seen. */
export function openTo(store: PanelStore, rowId: string): void {
  const parents = new Map<string, string | undefined>();
  forEachRow(store.derived.rows, (row, _depth, parent) => parents.set(row.id, parent?.id));
  const folds = new Map(store.state.folds);
  for (let at = parents.get(rowId); at !== undefined; at = parents.get(at)) {
    folds.set(`row:${at}`, true);
  }
  store.set({ folds });
}
