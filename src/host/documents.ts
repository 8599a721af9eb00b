import * as vscode from 'vscode';
import type { SpanDetail } from '../protocol/engineContract';
import type { DocumentPart } from '../protocol/panelContract';
import {
  toPromptDocument,
  toRawDocument,
  toRequestDocument,
  toResponseDocument,
} from './display/spanDocuments';
import { spanLabel } from './display/spanRow';
import { Disposable } from './disposable';
import type { EngineClient } from './engineClient';
import { propertyOf } from './guards';

const scheme = 'callsight';
/** Reports that are kept; the oldest goes first. Its editor then says that it is gone. */
const maxReports = 30;
const writers: Readonly<
  Record<DocumentPart, { suffix: string; write: (detail: SpanDetail) => string }>
> = {
  prompt: { suffix: '(prompt).md', write: toPromptDocument },
  response: { suffix: '(response).md', write: toResponseDocument },
  request: { suffix: '(request).json', write: toRequestDocument },
  raw: { suffix: '(raw).json', write: toRawDocument },
};

/** Several records, or one that is cut or text, are no JSON document: the editor would mark errors that nobody made. */
function suffixOf({ raw }: SpanDetail, part: DocumentPart): string {
  const [first] = raw;
  const isJson = raw.length === 1 && first?.omittedBytes === 0 && /^\s*[{[]/.test(first.text);
  return part === 'raw' && !isJson ? '(raw).jsonl' : writers[part].suffix;
}

/** Read-only documents of calls and reports: find, fold, copy and diff are the editor's own. */
export class Documents extends Disposable implements vscode.TextDocumentContentProvider {
  private readonly reports = new Map<number, string>();
  private nextReport = 1;

  constructor(private readonly engine: EngineClient) {
    super();
    this.register(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const query: unknown = JSON.parse(uri.query);
    const report = propertyOf(query, 'report');
    if (typeof report === 'number') {
      return (
        this.reports.get(report) ?? 'This report is no longer there. Run the diagnosis again.\n'
      );
    }
    const key = propertyOf(query, 'key');
    const part = propertyOf(query, 'part');
    if (typeof key !== 'string' || !isPart(part)) {
      throw new Error('This is no address of a call.');
    }
    // after a reload, editors come back before the logs are read
    const detail = await this.engine.askSettled(client => client.getSpan({ key }));
    return detail ? writers[part].write(detail) : 'This call is no longer in the logs.\n';
  }

  /** The address of one part of a call. */
  uriOf(detail: SpanDetail, part: DocumentPart): vscode.Uri {
    const name = `${spanLabel(detail.span)} ${suffixOf(detail, part)}`.replace(
      /[\\/:*?"<>|]/g,
      '-',
    );
    return vscode.Uri.from({
      scheme,
      path: `/${name}`,
      query: JSON.stringify({ key: detail.span.key, part }),
    });
  }

  async openPart(detail: SpanDetail, part: DocumentPart): Promise<vscode.TextEditor> {
    return this.show(this.uriOf(detail, part));
  }

  /** Shows a Markdown text that is made here and now. */
  async openReport(name: string, text: string): Promise<vscode.TextEditor> {
    const report = this.nextReport++;
    this.reports.set(report, text);
    this.reports.delete(report - maxReports);
    return this.show(
      vscode.Uri.from({ scheme, path: `/${name}`, query: JSON.stringify({ report }) }),
    );
  }

  private async show(uri: vscode.Uri): Promise<vscode.TextEditor> {
    const document = await vscode.workspace.openTextDocument(uri);
    return vscode.window.showTextDocument(document, { preview: true });
  }
}

function isPart(value: unknown): value is DocumentPart {
  return typeof value === 'string' && Object.hasOwn(writers, value);
}
