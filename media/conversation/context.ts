import type { SpanContent } from '../../src/model/message';
import type { SpanDetail } from '../../src/protocol/engineContract';
import type { PanelStore } from '../panelStore';
import type { Arranged, ShownMessage } from './arrange';

/** What a message is shown with. */
export interface MessageContext {
  readonly store: PanelStore;
  readonly detail: SpanDetail;
  readonly arranged: Arranged;
}

/** Id of a message in the page; `number` as the conversation counts. */
export function messageId(spanKey: string, number: number): string {
  return `message:${number}:${spanKey}`;
}

/** Opens the document that holds a message. */
export function openInEditor({ store, detail }: MessageContext, shown: ShownMessage): void {
  const part = shown.origin === 'response' ? 'response' : 'prompt';
  store.act(client => client.openDocument({ key: detail.span.key, part }));
}

/** The bodies of a span, unless all that was logged of them are the tools it asked for. */
export function readableContent({ content }: SpanDetail): SpanContent | undefined {
  const hasText = content?.outputMessages.some(({ parts }) =>
    parts.some(({ type }) => type !== 'toolCall'),
  );
  return content && (content.inputMessages.length > 0 || hasText) ? content : undefined;
}
