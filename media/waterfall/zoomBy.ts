import type { PanelStore } from '../panelStore';
import { zoom } from './timeAxis';

/** Zooms around the selected row when it is in sight, else around the middle. */
export function zoomBy(store: PanelStore, direction: 1 | -1): void {
  const { derived, state } = store;
  const { window: shown, start, length, byId } = derived;
  if (length <= 0) {
    return;
  }
  const row = byId.get(state.selectedId ?? '');
  const middle = (shown.from + shown.to) / 2;
  const rowMiddle =
    row?.start === undefined ? middle : (row.start + (row.end ?? row.start)) / 2 - start;
  const inSight = rowMiddle >= shown.from && rowMiddle <= shown.to;
  store.set({ zoom: zoom(shown, length, direction, inSight ? rowMiddle : middle) });
}
