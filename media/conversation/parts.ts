import { html, nothing, type TemplateResult } from 'lit';
import type { MediaPart, Part, TextPart } from '../../src/model/message';
import { fold } from '../components/fold';
import { icon } from '../components/icon';
import { bytes, count, counted } from '../display';
import { unwrapJson } from '../text/jsonValue';
import { label, plainText } from '../text/plainText';
import type { ShownMessage } from './arrange';
import { longText } from './longText';
import { toolBlock } from './toolBlock';
import { messageId, type MessageContext } from './context';

/** One part of a message as people read it. */
export function part(
  context: MessageContext,
  shown: ShownMessage,
  item: Part,
  index: number,
): unknown {
  switch (item.type) {
    case 'text':
      return text(context, shown, item, index);
    case 'refusal':
      return html`<div class="cs-refusal">
        <p class="cs-warning">${icon('circle-slash', 'small')} Refused to answer</p>
        ${longText(context, shown, `part${index}`, item.text)}
      </div>`;
    case 'reasoning':
      return html`<div class="cs-reason">
        ${fold(context.store, {
          id: `${messageId(context.detail.span.key, shown.number)}|reasoning${index}`,
          title: 'Reasoning',
          note: counted(item.text.length, 'character'),
          openAtFirst: shown.origin === 'response' && item.text.length < 2000,
          content: () => longText(context, shown, `part${index}`, item.text),
        })}
      </div>`;
    case 'toolCall':
      return toolBlock(context, shown, { call: item });
    case 'toolResult':
      return toolBlock(context, shown, {
        call: item.id === undefined ? undefined : context.arranged.calls.get(item.id),
        result: item,
      });
    case 'image':
    case 'audio':
    case 'file':
      return media(item);
  }
}

function text(
  context: MessageContext,
  shown: ShownMessage,
  item: TextPart,
  index: number,
): TemplateResult {
  const unwrapped = unwrappedOf(item);
  return html`${
    unwrapped
      ? html`<p class="cs-muted cs-small">JSON in a string, unwrapped</p>
          <callsight-tree
            name="Message ${shown.number}"
            .value=${unwrapped.value}
          ></callsight-tree>`
      : item.text === ''
        ? html`<p class="cs-muted">Empty text.</p>`
        : longText(context, shown, `part${index}`, item.text)
  }
  ${item.cutByLogger ? cut(item.text) : nothing}`;
}

/** Says that the rest of a text is nowhere. */
function cut(kept: string): TemplateResult {
  const characters = count([...kept].length);
  return html`<p class="cs-cut">
    ${icon('warning', 'small')} cut by the logger at ${characters} characters: the rest is not on
    disk
  </p>`;
}

const unwrappedByPart = new WeakMap<TextPart, { readonly value: object } | undefined>();

function unwrappedOf(item: TextPart): { readonly value: object } | undefined {
  if (!unwrappedByPart.has(item)) {
    unwrappedByPart.set(item, unwrapJson(item.text));
  }
  return unwrappedByPart.get(item);
}

const mediaIcons = { image: 'file-media', audio: 'unmute', file: 'file' } as const;

function media(item: MediaPart): TemplateResult {
  const size = item.byteLength === undefined ? undefined : bytes(item.byteLength);
  const words = [item.mimeType, size].filter(Boolean).join(', ');
  return html`<p class="cs-media">
    ${icon(mediaIcons[item.type])}
    <span>${item.type}${words === '' ? '' : ':'} ${plainText(words)}</span>
    ${item.name === undefined ? nothing : label(item.name)}
    ${
      item.url === undefined
        ? nothing
        : html`<span class="cs-muted">not loaded</span> <code>${plainText(item.url)}</code>`
    }
  </p>`;
}
