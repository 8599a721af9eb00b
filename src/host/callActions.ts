import * as vscode from 'vscode';
import type { SpanDetail } from '../protocol/engineContract';
import { spanToJson, spanToMarkdown, traceToMarkdown } from './display/copyText';
import { toJson } from './display/spanDocuments';
import { toMessageReport } from './display/diagnosisDocument';
import { spanLabel } from './display/spanRow';
import type { Documents } from './documents';
import type { EngineClient } from './engineClient';
import type { Explainer } from './explainer';
import { openWebLink } from './links';
import type { RecordOpener } from './recordOpener';
import type { PanelActions } from './tracePanel';

/** What can be done with a call, whether a row, a key or the panel asks for it. */
export class CallActions implements PanelActions {
  constructor(
    private readonly engine: EngineClient,
    private readonly documents: Documents,
    private readonly records: RecordOpener,
    private readonly explainer: Explainer,
    private readonly reveal: (traceKey: string) => Promise<void>,
  ) {}

  explain(detail: SpanDetail): Promise<void> {
    return this.explainer.explain(detail);
  }

  openSource(detail: SpanDetail, index: number): Promise<void> {
    return this.records.openSource(detail, index);
  }

  openDocument(detail: SpanDetail, part: Parameters<Documents['openPart']>[1]): Promise<unknown> {
    return this.documents.openPart(detail, part);
  }

  openLink(url: string): Promise<void> {
    return openWebLink(url);
  }

  revealInTree(traceKey: string): Promise<void> {
    return this.reveal(traceKey);
  }

  async compareWithPrevious(detail: SpanDetail): Promise<void> {
    const previous =
      detail.previousKey === undefined
        ? null
        : await this.engine.client.getSpan({ key: detail.previousKey });
    if (!previous) {
      void vscode.window.showInformationMessage('There is no earlier call to compare with.');
      return;
    }
    const part = detail.content && previous.content ? 'prompt' : 'raw';
    const title = `${spanLabel(previous.span)} ↔ ${spanLabel(detail.span)}`;
    await vscode.commands.executeCommand(
      'vscode.diff',
      this.documents.uriOf(previous, part),
      this.documents.uriOf(detail, part),
      title,
    );
  }

  async copySpan(detail: SpanDetail, as: 'markdown' | 'json' | 'key'): Promise<void> {
    const texts = {
      markdown: () => spanToMarkdown(detail),
      json: () => spanToJson(detail),
      key: () => detail.span.key,
    };
    await vscode.env.clipboard.writeText(texts[as]());
    vscode.window.setStatusBarMessage('$(check) Copied', 2000);
  }

  /** Copies a whole trace: all its spans, and its failed calls with their texts. */
  async copyTrace(traceKey: string, as: 'markdown' | 'json'): Promise<void> {
    const trace = await this.engine.client.getTrace({ traceKey });
    if (!trace) {
      throw new Error('This trace is no longer in the logs.');
    }
    const failedKeys = trace.spans.filter(span => span.status === 'error').map(span => span.key);
    const failed = await Promise.all(failedKeys.map(key => this.engine.client.getSpan({ key })));
    const details = failed.filter(detail => detail !== null);
    await vscode.env.clipboard.writeText(
      as === 'json' ? toJson(trace) : traceToMarkdown(trace, details),
    );
    vscode.window.setStatusBarMessage('$(check) Copied', 2000);
  }

  /** The diagnosis of a failed call as a document, to keep beside the panel. */
  async diagnose(detail: SpanDetail): Promise<void> {
    const { error } = detail.span;
    if (!error || !detail.diagnosis) {
      void vscode.window.showInformationMessage('This call did not fail.');
      return;
    }
    await this.documents.openReport(
      'Diagnosis.md',
      toMessageReport(error.message, detail.diagnosis),
    );
  }
}
