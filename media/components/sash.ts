import { html, type TemplateResult } from 'lit';
import type { PanelStore } from '../panelStore';
import { clampShare, defaultListShare, listShareLimits } from '../savedState';

const keyStep = 16; // pixels

/** The line between list and detail: drag it, or move it by the arrow keys; Enter or a double click puts it back. */
export function sash(store: PanelStore, stacked: boolean): TemplateResult {
  const { listShare } = store.state;
  const set = (share: number) => store.set({ listShare: clampShare(share) });
  return html`<div
    class="cs-sash flips"
    role="separator"
    aria-orientation=${stacked ? 'horizontal' : 'vertical'}
    aria-label="Resize detail"
    aria-valuenow=${Math.round(listShare)}
    aria-valuemin=${listShareLimits.least}
    aria-valuemax=${listShareLimits.most}
    tabindex="0"
    @dblclick=${() => set(defaultListShare)}
    @pointerdown=${(event: PointerEvent) => drag(event, set, stacked)}
    @keydown=${(event: KeyboardEvent) => {
      const size = splitSize(event.currentTarget, stacked);
      const isRtl = !stacked && getComputedStyle(document.body).direction === 'rtl';
      const step = (keyStep / Math.max(1, size)) * 100 * (isRtl ? -1 : 1);
      const by = new Map([
        [stacked ? 'ArrowUp' : 'ArrowLeft', -step],
        [stacked ? 'ArrowDown' : 'ArrowRight', step],
      ]).get(event.key);
      if (event.key === 'Enter') {
        set(defaultListShare);
      } else if (by !== undefined) {
        set(listShare + by);
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    }}
  ></div>`;
}

function splitSize(target: EventTarget | null, stacked: boolean): number {
  const split = target instanceof HTMLElement ? target.parentElement : null;
  return (stacked ? split?.clientHeight : split?.clientWidth) ?? 0;
}

function drag(event: PointerEvent, set: (share: number) => void, stacked: boolean): void {
  const handle = event.currentTarget;
  if (!(handle instanceof HTMLElement) || !handle.parentElement) {
    return;
  }
  event.preventDefault();
  handle.setPointerCapture(event.pointerId);
  const box = handle.parentElement.getBoundingClientRect();
  const isRtl = getComputedStyle(handle).direction === 'rtl';
  const move = ({ clientX, clientY }: PointerEvent) => {
    const across = isRtl ? box.right - clientX : clientX - box.left;
    set(stacked ? ((clientY - box.top) / box.height) * 100 : (across / box.width) * 100);
  };
  const stop = () => {
    handle.removeEventListener('pointermove', move);
    handle.removeEventListener('pointerup', stop);
    handle.removeEventListener('pointercancel', stop);
  };
  handle.addEventListener('pointermove', move);
  handle.addEventListener('pointerup', stop);
  handle.addEventListener('pointercancel', stop);
}
