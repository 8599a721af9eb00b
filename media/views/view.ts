import type { SpanDetail } from '../../src/protocol/engineContract';
import type { PanelStore } from '../panelStore';

/** One part of a call: a tab of the detail. */
export interface View {
  readonly id: string;
  readonly title: (detail: SpanDetail) => string;
  /** Parts without data are left out. */
  readonly appliesTo: (detail: SpanDetail) => boolean;
  readonly render: (store: PanelStore, detail: SpanDetail) => unknown;
}
