import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { bytes } from '../display';
import { bound, pieces } from '../text/bounded';
import { plainText } from '../text/plainText';
import { messageId, openInEditor, type MessageContext } from './context';
import type { ShownMessage } from './arrange';

/** Text of a message, rendered or raw: a long one shows its start and says how much more there is. */
export function longText(
  context: MessageContext,
  shown: ShownMessage,
  place: string,
  text: string,
): TemplateResult {
  const { store, detail } = context;
  const id = `${messageId(detail.span.key, shown.number)}:${place}`;
  const isRaw = place === 'raw';
  const isWhole = store.state.whole.has(id);
  const showAll = () => store.set({ whole: new Set(store.state.whole).add(id) });
  return html`${guard([text, isRaw, isWhole], () => {
    const shownText = isWhole ? text : bound(text).text;
    // a text that was asked for whole is shown as text: marking up megabytes would stop the page
    return isRaw || isWhole ? rawText(shownText) : renderedText(context, shownText);
  })}
  ${isWhole ? nothing : guard([text], () => restOf(text, showAll, () => openInEditor(context, shown)))}`;
}

function restOf(text: string, showAll: () => void, open: () => void): unknown {
  const { restBytes } = bound(text);
  return restBytes === 0
    ? nothing
    : html`<p class="cs-rest">
        <span class="cs-muted">${bytes(restBytes)} more:</span>
        <button type="button" class="cs-link" @click=${showAll}>Show as text</button>
        <button type="button" class="cs-link" @click=${open}>Open in editor</button>
      </p>`;
}

/** Text in pieces of which only those in sight are laid out: megabytes in one element stop the page. */
function rawText(text: string): readonly TemplateResult[] {
  return pieces(text).map(piece => html`<pre class="raw" dir="auto">${plainText(piece)}</pre>`);
}

function renderedText({ store }: MessageContext, text: string): TemplateResult {
  const copy = (address: string) => store.act(client => client.copyText({ text: address }));
  return html`<callsight-rendered .markdown=${text} .copy=${copy}></callsight-rendered>`;
}
