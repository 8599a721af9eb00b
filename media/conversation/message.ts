import { html, nothing, type TemplateResult } from 'lit';
import type { Message, Part } from '../../src/model/message';
import { icon, iconButton } from '../components/icon';
import { count, counted } from '../display';
import type { MessageView } from '../state';
import { toJson } from '../text/jsonValue';
import { visibleText } from '../text/characters';
import { label } from '../text/plainText';
import { messageAsText, messageLength, type ShownMessage } from './arrange';
import { longText } from './longText';
import { messageId, openInEditor, type MessageContext } from './context';
import { part } from './parts';

const roleIcons = new Map([
  ['user', 'account'],
  ['assistant', 'sparkle'],
  ['model', 'sparkle'],
  ['tool', 'tools'],
  ['function', 'tools'],
  ['system', 'settings-gear'],
  ['developer', 'settings-gear'],
]);

const originWords = { resent: '', new: ' · new', response: ' · response' } as const;
const viewNames: readonly (readonly [MessageView, string])[] = [
  ['rendered', 'Rendered'],
  ['raw', 'Raw'],
  ['json', 'JSON'],
];

/** One message with its parts, in the way of reading that was chosen for it. */
export function message(context: MessageContext, shown: ShownMessage): TemplateResult {
  const { store, detail } = context;
  const { number, message: content, origin } = shown;
  const id = messageId(detail.span.key, number);
  const view = store.state.messageViews.get(id) ?? 'rendered';
  const role = content.role === '' ? 'no role' : content.role;
  const length = counted(messageLength(content), 'character');
  const hasHistory = context.arranged.resent.length > 0;
  const word = origin === 'new' && !hasHistory ? '' : originWords[origin];
  const isNew = origin !== 'resent' && (hasHistory || origin === 'response');
  return html`<article
    class="cs-msg ${isNew ? 'new' : ''}"
    id=${id}
    tabindex="-1"
    aria-label="Message ${number}, ${visibleText(role)}${word}"
  >
    <div class="cs-msg-head">
      ${icon(roleIcons.get(content.role) ?? 'comment')}
      <span class="cs-role">${label(role[0]?.toUpperCase() + role.slice(1))}</span>
      ${content.name === undefined ? nothing : html`<span class="cs-name">${label(content.name)}</span>`}
      <span class="cs-muted cs-small">#${count(number)} · ${length}${word}</span>
      ${tools(context, shown, view)}
    </div>
    <div class="cs-msg-body">${body(context, shown, view)}</div>
  </article>`;
}

function tools(context: MessageContext, shown: ShownMessage, view: MessageView): TemplateResult {
  const { store, detail } = context;
  const id = messageId(detail.span.key, shown.number);
  const choose = (next: MessageView) =>
    store.set({ messageViews: new Map(store.state.messageViews).set(id, next) });
  return html`<span class="cs-msg-tools">
    <span class="cs-seg" role="group" aria-label="View of message ${shown.number}">
      ${viewNames.map(
        ([name, words]) =>
          html`<button type="button" aria-pressed=${name === view} @click=${() => choose(name)}>
            ${words}
          </button>`,
      )}
    </span>
    ${iconButton({
      icon: 'copy',
      name: 'Copy message',
      run: () => store.act(client => client.copyText({ text: messageAsText(shown.message) })),
    })}
    ${iconButton({
      icon: 'go-to-file',
      name: 'Open in editor',
      run: () => openInEditor(context, shown),
    })}
  </span>`;
}

function body(context: MessageContext, shown: ShownMessage, view: MessageView): unknown {
  if (view === 'json') {
    const json = jsonOf(shown.message);
    return json === undefined
      ? html`<p class="cs-muted">Nested too deep to show as JSON here.</p>`
      : html`<callsight-json .json=${json}></callsight-json>`;
  }
  if (view === 'raw') {
    return longText(context, shown, 'raw', messageAsText(shown.message));
  }
  const { parts } = shown.message;
  if (parts.length === 0) {
    return html`<p class="cs-muted">Empty message.</p>`;
  }
  return html`<div class="cs-parts">
    ${parts.map((item: Part, index) => part(context, shown, item, index))}
  </div>`;
}

const jsonByMessage = new WeakMap<Message, string | undefined>();

function jsonOf(content: Message): string | undefined {
  if (!jsonByMessage.has(content)) {
    jsonByMessage.set(content, toJson(content));
  }
  return jsonByMessage.get(content);
}
