import { html, nothing, type TemplateResult } from 'lit';
import { placeLabel, positionLabel } from '../../src/model/source';
import type { RawRecord, SpanDetail } from '../../src/protocol/engineContract';
import { icon } from '../components/icon';
import { baseName, bytes, count } from '../display';
import type { PanelStore } from '../panelStore';
import { toJson, unwrapJson } from '../text/jsonValue';
import { visibleText } from '../text/characters';
import { plainText } from '../text/plainText';
import type { View } from './view';

/** The records of a span as they are on disk. */
export const raw: View = {
  id: 'raw',
  title: () => 'Record',
  appliesTo: ({ raw: records }) => records.length > 0,
  render: (store, detail) =>
    detail.raw.map((record, index) => section(store, detail, record, index)),
};

function section(
  store: PanelStore,
  detail: SpanDetail,
  record: RawRecord,
  index: number,
): TemplateResult {
  const { file, entry, line, offset, length } = record.source;
  const { key } = detail.span;
  const fold = `${key}|indent|${index}`;
  const isIndented = store.state.folds.get(fold) ?? true;
  const indented = indentedOf(record);
  const setIndented = (on: boolean) =>
    store.set({ folds: new Map(store.state.folds).set(fold, on) });
  return html`<section class="cs-section">
    <div class="cs-raw-head">
      <h3 title=${visibleText(placeLabel(file, entry))}>
        ${plainText(placeLabel(baseName(file), entry) + positionLabel(record.source))}
      </h3>
      <span class="cs-muted cs-small"
        >bytes ${count(offset)} to ${count(offset + length)}, ${bytes(length)}</span
      >
      <span class="cs-grow"></span>
      ${
        indented === undefined
          ? nothing
          : html`<span class="cs-seg" role="group" aria-label="View of the record">
              <button type="button" aria-pressed=${isIndented} @click=${() => setIndented(true)}>
                Indented
              </button>
              <button type="button" aria-pressed=${!isIndented} @click=${() => setIndented(false)}>
                As logged
              </button>
            </span>`
      }
      <button
        type="button"
        class="cs-icon"
        aria-label=${line === undefined ? 'Open log line' : `Open log line ${line}`}
        title="Open log line"
        @click=${() => store.act(client => client.openSource({ key, index }))}
      >
        ${icon('go-to-file')}
      </button>
    </div>
    ${
      record.changedOnDisk
        ? html`<p class="cs-warning">
            ${icon('warning', 'small')} The bytes at this place are no longer the ones that were
            read.
          </p>`
        : nothing
    }
    ${
      record.omittedBytes > 0
        ? html`<p class="cs-muted">
            ${bytes(record.omittedBytes)} more are not shown here.
            <button
              type="button"
              class="cs-link"
              @click=${() => store.act(client => client.openDocument({ key, part: 'raw' }))}
            >
              Open in editor
            </button>
          </p>`
        : nothing
    }
    <callsight-json
      block
      .json=${isIndented ? (indented ?? record.text) : record.text}
    ></callsight-json>
  </section>`;
}

const indentedByRecord = new WeakMap<RawRecord, string | undefined>();

/** The record with line breaks, when it is JSON and whole. */
function indentedOf(record: RawRecord): string | undefined {
  if (!indentedByRecord.has(record)) {
    const parsed = record.omittedBytes > 0 ? undefined : unwrapJson(record.text);
    indentedByRecord.set(record, parsed ? toJson(parsed.value) : undefined);
  }
  return indentedByRecord.get(record);
}
