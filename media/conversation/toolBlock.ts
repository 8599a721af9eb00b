import { html, nothing, type TemplateResult } from 'lit';
import type { ToolCallPart, ToolResultPart } from '../../src/model/message';
import { fold } from '../components/fold';
import { icon, namedIcon } from '../components/icon';
import { bytes, counted, duration } from '../display';
import type { PanelStore } from '../panelStore';
import { entriesOf, toShortJson, unwrapJson } from '../text/jsonValue';
import { visibleText } from '../text/characters';
import { label, plainText } from '../text/plainText';
import type { ShownMessage } from './arrange';
import { longText } from './longText';
import { messageId, type MessageContext } from './context';

/** Indented JSON with more lines than this opens as a tree. */
const shortLines = 14;

interface ToolUse {
  readonly call: ToolCallPart | undefined;
  readonly result?: ToolResultPart;
}

/** Call, arguments, result and schema of a tool as one block; it stands where the result is, when there is one. */
export function toolBlock(
  context: MessageContext,
  shown: ShownMessage,
  { call, result }: ToolUse,
): TemplateResult {
  const name = call?.name ?? result?.name ?? 'tool';
  const id = call?.id ?? result?.id;
  const answer = id === undefined ? undefined : context.arranged.results.get(id);
  if (!result && call && answer && answer.number !== shown.number) {
    return calledLine(context, call, answer.number);
  }
  const schema = context.detail.content?.tools.find(tool => tool.name === name);
  return html`<div class="cs-tool" role="group" aria-label="Tool call ${visibleText(name)}">
    <header>
      ${icon('tools')}<span class="cs-strong">${label(name)}</span>
      ${id === undefined ? nothing : html`<span class="cs-muted cs-small cs-clip">${label(id)}</span>`}
      <span class="cs-grow"></span>
      ${result ? outcome(result) : html`<span class="cs-small cs-muted">result not in the log</span>`}
      ${runOf(context.store, name)}
    </header>
    ${call ? argumentsOf(call) : nothing}
    ${result ? html`<section>${resultOf(context, shown, result)}</section>` : nothing}
    ${
      schema?.parameters === undefined
        ? nothing
        : html`<section>
            ${fold(context.store, {
              id: `${messageId(context.detail.span.key, shown.number)}|schema|${id ?? name}`,
              title: 'Schema',
              note: parameterNames(schema.parameters),
              content: () =>
                html`<callsight-json
                  .json=${toShortJson(schema.parameters) ?? ''}
                ></callsight-json>`,
            })}
          </section>`
    }
  </div>`;
}

function calledLine(context: MessageContext, call: ToolCallPart, number: number): TemplateResult {
  const target = messageId(context.detail.span.key, number);
  return html`<p class="cs-called">
    ${icon('tools', 'small')} called <span class="cs-strong">${label(call.name)}</span>,
    <button
      type="button"
      class="cs-link"
      @click=${() => {
        document.getElementById(target)?.scrollIntoView({ block: 'nearest' });
        document.getElementById(target)?.focus({ preventScroll: true });
      }}
    >
      result in #${number}
    </button>
  </p>`;
}

/** Only what the log says: a result alone is no success, its text may well be an error. */
function outcome({ isError }: ToolResultPart): unknown {
  if (isError === undefined) {
    return nothing;
  }
  return isError
    ? namedIcon('error', 'failed', 'small cs-error')
    : namedIcon('check', 'succeeded', 'small cs-ok');
}

/** The run of the tool, when the trace has one of that name: time, and a way to it. */
function runOf(store: PanelStore, name: string): unknown {
  const runs = store.state.trace?.spans.filter(span => span.kind === 'tool' && span.name === name);
  const [run] = runs ?? [];
  if (!run || runs?.length !== 1) {
    return nothing;
  }
  return html`${
      run.durationMs === undefined
        ? nothing
        : html`<span class="cs-small cs-muted">${duration(run.durationMs)}</span>`
    }
    <button type="button" class="cs-link cs-small" @click=${() => store.select(`span:${run.key}`)}>
      Show span
    </button>`;
}

/** Arguments of a call as a section of its block. */
export function argumentsOf(call: ToolCallPart): TemplateResult {
  const { value, note } = unwrap(call.arguments);
  return html`<section>
    <h4>Arguments ${note ? html`<span>${note}</span>` : nothing}</h4>
    ${valueView(value, 'Arguments')}
  </section>`;
}

function resultOf(
  context: MessageContext,
  shown: ShownMessage,
  { content }: ToolResultPart,
): TemplateResult {
  const { value, note } = unwrap(content);
  const size = typeof content === 'string' ? bytes(new TextEncoder().encode(content).length) : '';
  const items = Array.isArray(value) ? counted(value.length, 'item') : '';
  const about = [note, size, items].filter(Boolean).join(' · ');
  return html`<h4>Result <span>${about}</span></h4>
    ${
      typeof value === 'string'
        ? html`<div class="cs-tool-text">${longText(context, shown, 'raw', value)}</div>`
        : valueView(value, 'Result')
    }`;
}

function unwrap(value: unknown): { readonly value: unknown; readonly note: string } {
  const inner = typeof value === 'string' ? unwrapJson(value) : undefined;
  return inner ? { value: inner.value, note: 'JSON in a string, unwrapped' } : { value, note: '' };
}

function valueView(value: unknown, name: string): TemplateResult {
  if (typeof value === 'string') {
    return html`<pre class="cs-json" dir="auto">${plainText(value)}</pre>`;
  }
  const json = toShortJson(value);
  if (json === undefined || json.split('\n', shortLines + 1).length > shortLines) {
    return html`<callsight-tree name=${name} .value=${value}></callsight-tree>`;
  }
  return html`<callsight-json .json=${json}></callsight-json>`;
}

/** `account, from, to, merchant?` of a JSON schema; what it does not require has a question mark. */
function parameterNames(schema: unknown): unknown {
  const fields = new Map(entriesOf(schema));
  const required = fields.get('required');
  const names = (entriesOf(fields.get('properties')) ?? []).map(([name]) =>
    Array.isArray(required) && required.includes(name) ? name : `${name}?`,
  );
  return plainText(names.join(', '));
}
