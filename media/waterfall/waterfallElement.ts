import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualizerOptions,
} from '@tanstack/virtual-core';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { styles } from '../components/styles';
import type { PanelStore } from '../panelStore';
import type { Lane } from './bars';
import { type NameWidths, nameWidths } from './nameWidth';
import { targetOf } from './rowKeys';
import { headRow, rowTemplate } from './rowTemplate';
import type { Row } from './rows';
import { ticks } from './timeAxis';
import type { VisibleRow } from './visibleRows';
import { zoomDrag } from './zoomDrag';

const rowHeight = 22;
const headHeight = 24;
/** Width that a label of the axis needs, pixels. */
const tickWidth = 52;
/** Times from here on need a wider column. */
const longTraceMs = 60_000;

/** The rows of a trace on one time axis. Only those in sight are in the page; the row count tells the truth. */
@customElement('callsight-waterfall')
export class WaterfallElement extends LitElement {
  @property({ attribute: false }) store: PanelStore | undefined;
  /** Anything that must draw it again: the state of the panel. */
  @property({ attribute: false }) state: unknown;
  private virtualizer: Virtualizer<HTMLElement, HTMLElement> | undefined;
  private unmount: (() => void) | undefined;
  private shownCount = 0;
  private shownSelection: string | undefined;
  private measured: { readonly rows: readonly Row[]; readonly widths: NameWidths } | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unmount?.();
    this.virtualizer = undefined;
  }

  protected override firstUpdated(): void {
    this.virtualizer = new Virtualizer(this.options());
    this.unmount = this.virtualizer._didMount();
    this.virtualizer._willUpdate();
    this.requestUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.virtualizer?.setOptions(this.options());
  }

  protected override updated(): void {
    const { store, virtualizer } = this;
    const count = this.rows().length;
    if (!store || !virtualizer || count === 0) {
      return;
    }
    virtualizer._willUpdate();
    const isFirst = this.shownCount === 0;
    if (isFirst) {
      this.scroller()?.scrollTo({ top: store.state.listScroll });
    } else if (count > this.shownCount && store.following && store.derived.running) {
      this.follow();
    }
    // a page that comes back keeps its scroll position, whatever is selected
    if (
      store.state.selectedId !== this.shownSelection &&
      !(isFirst && store.state.listScroll > 0)
    ) {
      this.reveal();
    }
    this.shownCount = count;
    // what is not listed yet is to be brought into sight when it is
    this.shownSelection = this.activeIndex() < 0 ? undefined : store.state.selectedId;
    this.noteFollowing();
  }

  /** Goes to the end of the list, where what comes next will stand. */
  follow(): void {
    const scroller = this.scroller();
    scroller?.scrollTo({ top: scroller.scrollHeight });
  }

  /** Puts the focus on the selected row and brings it into sight. */
  focusSelected(): void {
    this.reveal();
    void this.updateComplete.then(() =>
      requestAnimationFrame(() => {
        const row = this.querySelector<HTMLElement>('[role="row"][tabindex="0"]');
        row?.focus({ preventScroll: true });
      }),
    );
  }

  private reveal(): void {
    const index = this.activeIndex();
    if (index >= 0) {
      this.virtualizer?.scrollToIndex(index, { align: 'auto' });
    }
  }

  protected override render(): TemplateResult {
    const { store } = this;
    if (!store) {
      return html``;
    }
    const { derived, state } = store;
    const axis = ticks(derived.window, this.laneWidth() / tickWidth);
    const lane: Lane = {
      start: derived.start,
      window: derived.window,
      ticks: axis.at,
      critical: state.criticalPath ? derived.critical : undefined,
    };
    const items = this.virtualizer?.getVirtualItems() ?? [];
    const height = Math.max(0, (this.virtualizer?.getTotalSize() ?? 0) - headHeight);
    const hasActive = this.activeIndex() >= 0;
    const { need, want } = this.nameWidths(derived.rows);
    return html`<div
      class="cs-wf ${state.zoom ? 'zoomed' : ''} ${derived.length >= longTraceMs ? 'long' : ''}"
      role="treegrid"
      aria-label="Spans"
      aria-rowcount=${derived.visible.length + 1}
      ${styles({ '--cs-name-need': `${need}px`, '--cs-name-want': `${want}px` })}
      @keydown=${this.onKey}
      @click=${this.onClick}
      @dblclick=${this.onDoubleClick}
      @pointerdown=${this.onPointerDown}
      @scroll=${this.onScroll}
    >
      ${headRow(lane, axis.step)}
      <div class="cs-wf-rows" role="rowgroup" ${styles({ height: `${height}px` })}>
        ${repeat(
          items,
          ({ index }) => derived.visible[index]?.row.id ?? index,
          ({ index, start }) => {
            const visible = derived.visible[index];
            const isFirstStop = index === 0 && !hasActive;
            return visible
              ? rowTemplate(store, visible, { index, top: start - headHeight, isFirstStop }, lane)
              : nothing;
          },
        )}
      </div>
    </div>`;
  }

  private options(): VirtualizerOptions<HTMLElement, HTMLElement> {
    return {
      count: this.rows().length,
      getScrollElement: () => this.scroller(),
      estimateSize: () => rowHeight,
      overscan: 8,
      paddingStart: headHeight,
      scrollPaddingStart: headHeight,
      // the row that holds the tab stop stays in the page, wherever the list is scrolled to
      rangeExtractor: range => {
        const active = this.activeIndex();
        const indexes = defaultRangeExtractor(range);
        return active < 0 || indexes.includes(active)
          ? indexes
          : [...indexes, active].sort((a, b) => a - b);
      },
      observeElementRect,
      observeElementOffset,
      scrollToFn: elementScroll,
      onChange: () => this.requestUpdate(),
    };
  }

  private nameWidths(rows: readonly Row[]): NameWidths {
    if (this.measured?.rows !== rows) {
      const canvas = document.createElement('canvas').getContext('2d');
      if (canvas) {
        const { fontWeight, fontSize, fontFamily } = getComputedStyle(this);
        canvas.font = `${fontWeight} ${fontSize} ${fontFamily}`;
      }
      const measure = (text: string) => canvas?.measureText(text).width ?? 0;
      this.measured = { rows, widths: nameWidths(rows, this.store?.state.trace?.trace, measure) };
    }
    return this.measured.widths;
  }

  private rows(): readonly VisibleRow[] {
    return this.store?.derived.visible ?? [];
  }

  private activeIndex(): number {
    const selected = this.store?.state.selectedId;
    return this.rows().findIndex(({ row }) => row.id === selected);
  }

  private scroller(): HTMLElement | null {
    return this.querySelector<HTMLElement>('.cs-wf');
  }

  private laneWidth(): number {
    return this.querySelector('.cs-wf-head > .cs-lane')?.clientWidth ?? 300;
  }

  private noteFollowing(): void {
    const scroller = this.scroller();
    const { store } = this;
    if (!scroller || !store) {
      return;
    }
    const below = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    store.following = below < rowHeight;
    if (store.following && store.state.unseenRows > 0) {
      store.set({ unseenRows: 0 });
    }
  }

  private rowOf({ target }: Event): VisibleRow | undefined {
    const element = target instanceof Element ? target.closest('[data-index]') : null;
    return this.rows()[Number(element?.getAttribute('data-index') ?? -1)];
  }

  private readonly onScroll = (): void => {
    this.noteFollowing();
    this.store?.note({ listScroll: this.scroller()?.scrollTop ?? 0 });
  };

  private readonly onPointerDown = (event: PointerEvent): void => {
    const visible = this.rowOf(event);
    if (this.store && visible && event.button === 0) {
      this.store.prepare(visible.row.id);
    }
    if (this.store) {
      zoomDrag(event, this.store);
    }
  };

  private readonly onClick = (event: MouseEvent): void => {
    const visible = this.rowOf(event);
    if (!visible || !this.store) {
      return;
    }
    if (onTwistie(event) && visible.expanded !== undefined) {
      this.setOpen(visible, !visible.expanded);
    }
    this.store.select(visible.row.id);
    this.focusSelected();
  };

  private readonly onDoubleClick = (event: MouseEvent): void => {
    const visible = this.rowOf(event);
    if (visible?.expanded !== undefined && !onTwistie(event)) {
      this.setOpen(visible, !visible.expanded);
    }
  };

  private setOpen({ row }: VisibleRow, open: boolean): void {
    const { store } = this;
    store?.set({ folds: new Map(store.state.folds).set(`row:${row.id}`, open) });
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const { store } = this;
    const rows = this.rows();
    const at = Math.max(0, this.activeIndex());
    const current = rows[at];
    if (!store || !current || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const pageRows = Math.floor((this.scroller()?.clientHeight ?? 0) / rowHeight) - 2;
    const target = targetOf(event.key, rows, at, pageRows);
    if (!target) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (target.kind === 'open') {
      this.setOpen(current, target.open);
      return;
    }
    store.select((rows[target.index] ?? current).row.id);
    if (target.kind === 'enter') {
      this.dispatchEvent(new CustomEvent('enter-detail', { bubbles: true }));
      return;
    }
    this.focusSelected();
  };
}

function onTwistie({ target }: Event): boolean {
  return target instanceof Element && target.closest('.cs-twistie') !== null;
}
