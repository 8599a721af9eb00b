import { isCall } from '../src/model/span';
import { MenuElement } from './components/menu';
import { viewsOf } from './detail/tabs';
import { goTo } from './navigation';
import type { PanelStore } from './panelStore';
import { isFailed } from './selection';
import type { WaterfallElement } from './waterfall/waterfallElement';
import { zoomBy } from './waterfall/zoomBy';

/** The keys that work wherever the focus is, unless it is in a field. Lists, tabs and menus have their own. */
export function onPanelKey(
  event: KeyboardEvent,
  store: PanelStore,
  waterfall: WaterfallElement | null,
): void {
  // combinations belong to the editor: Ctrl+F is its find widget
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) {
    return;
  }
  const inField =
    event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (inField) {
    leaveField(event, waterfall);
    return;
  }
  const run = actionOf(event, store, waterfall);
  if (run) {
    event.preventDefault();
    run();
  }
}

function leaveField(event: KeyboardEvent, waterfall: WaterfallElement | null): void {
  if (
    event.key === 'Escape' ||
    (event.key === 'Enter' && event.target instanceof HTMLInputElement)
  ) {
    event.preventDefault();
    waterfall?.focusSelected();
  }
}

function actionOf(
  event: KeyboardEvent,
  store: PanelStore,
  waterfall: WaterfallElement | null,
): (() => void) | undefined {
  const { detail } = store.state;
  const key = detail?.span.key;
  const move = (step: 1 | -1, wanted: typeof isCall | typeof isFailed) => () => {
    const inList = waterfall?.contains(document.activeElement) ?? false;
    goTo(store, step, wanted);
    if (inList) {
      waterfall?.focusSelected();
    }
  };
  if (/^[1-9]$/.test(event.key)) {
    const view = detail && viewsOf(detail)[Number(event.key) - 1];
    return view ? () => store.set({ tab: view.id }) : undefined;
  }
  switch (event.key) {
    case 'j':
      return move(1, isCall);
    case 'k':
      return move(-1, isCall);
    case 'F8':
      return move(event.shiftKey ? -1 : 1, isFailed);
    case 'n':
      return () => stepMessage(1);
    case 'p':
      return () => stepMessage(-1);
    case 'e':
      return () => document.querySelector<HTMLElement>('[data-fold$="|resent"]')?.click();
    case 'o':
      return key === undefined
        ? undefined
        : () => store.act(client => client.openSource({ key, index: 0 }));
    case 'd':
      return key === undefined || detail?.previousKey === undefined
        ? undefined
        : () => store.act(client => client.compareWithPrevious({ key }));
    case 'c':
      return () => {
        const menu = document.getElementById('copy-menu');
        if (menu instanceof MenuElement) {
          menu.show();
        }
      };
    case '+':
    case '=':
      return () => zoomBy(store, 1);
    case '-':
      return () => zoomBy(store, -1);
    case '0':
      return () => store.set({ zoom: undefined });
    case '/':
      return focusFilter;
    case 'Escape':
      return document.activeElement?.closest('#detail')
        ? () => waterfall?.focusSelected()
        : undefined;
    default:
      return undefined;
  }
}

function focusFilter(): void {
  const field = document.getElementById('filter');
  if (field instanceof HTMLInputElement) {
    field.focus();
    field.select();
  }
}

/** Brings the next or previous new message to the top of the detail. */
function stepMessage(step: 1 | -1): void {
  const top = document.getElementById('detail')?.getBoundingClientRect().top ?? 0;
  const messages = [...document.querySelectorAll<HTMLElement>('.cs-msg.new')];
  const focused = messages.findIndex(message => message.contains(document.activeElement));
  const inSight = messages.findIndex(message => message.getBoundingClientRect().bottom > top + 60);
  const at = focused >= 0 ? focused : step === 1 ? inSight - 1 : inSight;
  const target = messages[at + step];
  target?.scrollIntoView({ block: 'start' });
  target?.focus({ preventScroll: true });
}
