import { html, nothing, type TemplateResult } from 'lit';
import type { SpanContent } from '../../src/model/message';
import { isCall } from '../../src/model/span';
import type { SpanDetail } from '../../src/protocol/engineContract';
import { fold } from '../components/fold';
import { iconButton } from '../components/icon';
import { problemNote } from '../components/problem';
import {
  arrange,
  messageAsText,
  numbersOf,
  rolesOf,
  type Arranged,
  type ShownMessage,
} from '../conversation/arrange';
import { message } from '../conversation/message';
import { messageId, readableContent } from '../conversation/context';
import { noContent, responseNotRecorded } from '../conversation/noContent';
import { count, counted } from '../display';
import type { PanelStore } from '../panelStore';
import { visibleText } from '../text/characters';
import { plainText } from '../text/plainText';
import type { View } from './view';

/** Messages that are made at once; a longer conversation shows the rest on request. */
const shownAtOnce = 200;

/** What was sent and what came back, by role; what the call before had sent too is folded. */
export const conversation: View = {
  id: 'conversation',
  title: detail => (isCall(detail.span) || readableContent(detail) ? 'Conversation' : 'Summary'),
  appliesTo: () => true,
  render: (store, detail) => {
    if (detail.contentProblem !== undefined) {
      const problem = { what: detail.contentProblem, details: detail.span.key };
      return problemNote(store, problem);
    }
    const content = readableContent(detail);
    return content ? messages(store, detail, content) : noContent(store, detail);
  },
};

function messages(store: PanelStore, detail: SpanDetail, content: SpanContent): TemplateResult {
  const { state } = store;
  const arranged = arrange(content, detail.resentMessages);
  const context = { store, detail, arranged };
  const { key } = detail.span;
  const limit = state.whole.has(`messages:${key}`) ? Infinity : shownAtOnce;
  const fresh = arranged.fresh.slice(0, limit);
  return html`${bar(store, detail, arranged)}
    <div class="cs-conv">
      ${arranged.system.length > 0 && !state.onlyNew ? system(store, detail, arranged) : nothing}
      ${content.tools.length > 0 && !state.onlyNew ? tools(store, detail, content) : nothing}
      ${
        arranged.resent.length > 0 && !state.onlyNew
          ? html`<div class="cs-resent">
              ${fold(store, {
                id: `${key}|resent`,
                title: `${counted(arranged.resent.length, 'message')} re-sent unchanged`,
                note: `${numbersOf(arranged.resent)} · ${rolesOf(arranged.resent)}`,
                content: () =>
                  html`<div class="cs-resent-body">
                    ${arranged.resent.map(shown => message(context, shown))}
                  </div>`,
              })}
            </div>`
          : nothing
      }
      ${fresh.map(shown => message(context, shown))}
      ${
        arranged.fresh.length > limit
          ? html`<button
              type="button"
              class="cs-button cs-more-messages"
              @click=${() => store.set({ whole: new Set(state.whole).add(`messages:${key}`) })}
            >
              Show ${count(arranged.fresh.length - limit)} more
            </button>`
          : nothing
      }
      ${
        detail.span.status === 'running'
          ? html`<p class="cs-muted cs-more">The answer is still coming.</p>`
          : nothing
      }
      ${
        detail.span.status === 'ok' && content.outputMessages.length === 0
          ? responseNotRecorded(store, detail)
          : nothing
      }
    </div>`;
}

function bar(store: PanelStore, detail: SpanDetail, arranged: Arranged): TemplateResult {
  const { state } = store;
  const hasHistory = arranged.resent.length > 0;
  const jump = (event: Event) => {
    // the listener sits on the select itself
    const select = event.target as HTMLSelectElement;
    const target = document.getElementById(messageId(detail.span.key, Number(select.value)));
    target?.scrollIntoView({ block: 'start' });
    target?.focus({ preventScroll: true });
    select.value = '';
  };
  const inSight = [...arranged.system, ...arranged.fresh].filter(({ number }) => number > 0);
  return html`<div class="cs-conv-bar">
    <span>${counted(arranged.messages, 'message')}</span>
    ${hasHistory ? html`<span class="cs-muted">${count(arranged.added)} new</span>` : nothing}
    <span class="cs-grow"></span>
    ${
      hasHistory
        ? html`<button
            type="button"
            class="cs-toggle"
            aria-pressed=${state.onlyNew}
            @click=${() => store.set({ onlyNew: !state.onlyNew })}
          >
            Only new
          </button>`
        : nothing
    }
    ${
      inSight.length > 3
        ? html`<select class="cs-select" aria-label="Jump to message" @change=${jump}>
            <option value="">Jump to…</option>
            ${inSight
              .slice(0, shownAtOnce)
              .filter(shown => !arranged.system.includes(shown))
              .map(shown => option(shown))}
          </select>`
        : nothing
    }
    ${
      detail.previousKey === undefined
        ? nothing
        : iconButton({
            icon: 'diff-multiple',
            name: 'Changed since the previous call',
            run: () => store.act(client => client.compareWithPrevious({ key: detail.span.key })),
          })
    }
  </div>`;
}

function option({ number, message: { role } }: ShownMessage): TemplateResult {
  return html`<option value=${number}>#${number} ${visibleText(role)}</option>`;
}

function system(store: PanelStore, detail: SpanDetail, arranged: Arranged): TemplateResult {
  const text = arranged.system.map(({ message: shown }) => messageAsText(shown)).join('\n\n');
  const resent = arranged.system.every(({ origin }) => origin === 'resent');
  const since = resent ? 'unchanged since the previous call · ' : '';
  const context = { store, detail, arranged };
  return html`<div>
    ${fold(store, {
      id: `${detail.span.key}|system`,
      title:
        arranged.system.length === 1
          ? 'System'
          : `${count(arranged.system.length)} system messages`,
      note: html`${counted(text.length, 'character')} · ${since}${plainText(text.slice(0, 200))}`,
      content: () => arranged.system.map(shown => message(context, shown)),
    })}
  </div>`;
}

function tools(store: PanelStore, detail: SpanDetail, content: SpanContent): TemplateResult {
  const called = new Set(detail.span.toolCallNames);
  const names = content.tools
    .slice(0, 12)
    .map(({ name }) => name)
    .join(', ');
  return html`<div>
    ${fold(store, {
      id: `${detail.span.key}|tools`,
      title: counted(content.tools.length, 'tool'),
      note: plainText(names),
      content: () =>
        html`<ul class="cs-tools">
          ${content.tools.map(
            tool =>
              html`<li>
                ${fold(store, {
                  id: `${detail.span.key}|tool|${tool.name}`,
                  title: tool.name,
                  note: html`${called.has(tool.name) ? 'called · ' : ''}${plainText(
                    tool.description?.slice(0, 200) ?? '',
                  )}`,
                  content: () =>
                    html`<div class="cs-tool-schema">
                      <p>${plainText(tool.description ?? 'No description in the log.')}</p>
                      <callsight-tree
                        name="Schema"
                        .value=${tool.parameters ?? null}
                      ></callsight-tree>
                    </div>`,
                })}
              </li>`,
          )}
        </ul>`,
    })}
  </div>`;
}
