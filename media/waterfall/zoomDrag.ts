import type { PanelStore } from '../panelStore';

/** Drags shorter than this are clicks, pixels. */
const shortestDrag = 4;

/** Shift and drag in the lane shows the dragged time only. */
export function zoomDrag(event: PointerEvent, store: PanelStore): void {
  const lane = event.target instanceof Element ? event.target.closest('.cs-lane svg') : null;
  const list = lane?.closest<HTMLElement>('.cs-wf');
  if (!event.shiftKey || event.button !== 0 || !lane || !list) {
    return;
  }
  event.preventDefault();
  const box = lane.getBoundingClientRect();
  const pane = list.parentElement?.getBoundingClientRect() ?? box;
  const startX = event.clientX;
  const mark = document.createElement('div');
  mark.className = 'cs-zoom-range';
  list.parentElement?.append(mark);
  const clamp = (x: number) => Math.min(box.right, Math.max(box.left, x));
  const move = ({ clientX }: PointerEvent) => {
    const left = Math.min(clamp(startX), clamp(clientX));
    const right = Math.max(clamp(startX), clamp(clientX));
    mark.style.setProperty('left', `${left - pane.left}px`);
    mark.style.setProperty('width', `${right - left}px`);
  };
  const stop = () => {
    mark.remove();
    window.removeEventListener('pointermove', move);
    window.removeEventListener('pointerup', up);
    window.removeEventListener('keydown', cancel, true);
  };
  const up = ({ clientX }: PointerEvent) => {
    stop();
    if (Math.abs(clientX - startX) < shortestDrag) {
      return;
    }
    const { window: shown } = store.derived;
    const time = (x: number) =>
      shown.from + ((clamp(x) - box.left) / box.width) * (shown.to - shown.from);
    const from = Math.min(time(startX), time(clientX));
    const to = Math.max(time(startX), time(clientX));
    store.set({ zoom: { from, to } });
  };
  const cancel = ({ key }: KeyboardEvent) => {
    if (key === 'Escape') {
      stop();
    }
  };
  window.addEventListener('pointermove', move);
  window.addEventListener('pointerup', up);
  window.addEventListener('keydown', cancel, true);
}
