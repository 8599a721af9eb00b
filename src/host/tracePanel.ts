import * as vscode from 'vscode';
import type { EngineChange, SpanDetail, TraceDetail } from '../protocol/engineContract';
import { panelContract, type PanelEvent } from '../protocol/panelContract';
import { type Handlers, type Port, serve } from '../protocol/rpc';
import { toTabTitle } from './display/traceRow';
import { Disposable } from './disposable';
import type { EngineClient } from './engineClient';
import { panelHtml, webviewRoot } from './panelHtml';

/** What a panel asks of the rest of the host. */
export interface PanelActions {
  openSource(detail: SpanDetail, index: number): Promise<void>;
  openDocument(
    detail: SpanDetail,
    part: 'prompt' | 'response' | 'raw' | 'request',
  ): Promise<unknown>;
  compareWithPrevious(detail: SpanDetail): Promise<void>;
  copySpan(detail: SpanDetail, as: 'markdown' | 'json' | 'key'): Promise<void>;
  openLink(url: string): Promise<void>;
  diagnose(detail: SpanDetail): Promise<void>;
  explain(detail: SpanDetail): Promise<void>;
  revealInTree(traceKey: string): Promise<void>;
}

/** A span that is to be shown. */
export interface SpanWish {
  readonly spanKey: string;
  /** What was looked for, to be marked in it. */
  readonly words: readonly string[];
}

export interface TracePanelParts {
  readonly panel: vscode.WebviewPanel;
  readonly traceKey: string;
  /** To show first. */
  readonly wish: SpanWish | undefined;
  readonly engine: EngineClient;
  readonly actions: PanelActions;
  readonly extensionUri: vscode.Uri;
}

/** One trace in one webview. The page holds no data that it did not ask for. */
export class TracePanel extends Disposable {
  private readonly panel: vscode.WebviewPanel;
  private traceKey: string;
  /** The one that the page asked for last. */
  private shownSpan: string | undefined;
  private readonly engine: EngineClient;
  private readonly emit: (event: PanelEvent) => void;
  /** Span to show as soon as the page asks what it is about. */
  private wish: SpanWish | undefined;
  /** What was looked for last; a page that comes back marks it again. */
  private words: readonly string[] = [];
  /** A hidden page is gone: it loads and asks anew when it is shown. */
  private hasPage = false;

  constructor({ panel, traceKey, wish, engine, actions, extensionUri }: TracePanelParts) {
    super();
    this.panel = panel;
    this.traceKey = traceKey;
    this.wish = wish;
    this.words = wish?.words ?? [];
    this.engine = engine;
    panel.webview.options = {
      enableScripts: true,
      enableCommandUris: false,
      enableForms: false,
      localResourceRoots: [webviewRoot(extensionUri)],
    };
    panel.iconPath = {
      light: vscode.Uri.joinPath(extensionUri, 'media', 'icons', 'tab-light.svg'),
      dark: vscode.Uri.joinPath(extensionUri, 'media', 'icons', 'tab-dark.svg'),
    };
    const server = this.register(
      serve<typeof panelContract, PanelEvent>(
        webviewPort(panel.webview),
        panelContract,
        this.handlers(actions),
      ),
    );
    this.emit = server.emit;
    this.register(engine.onDidChange(change => this.onChange(change)));
    this.register(
      panel.onDidChangeViewState(() => {
        this.hasPage = this.hasPage && panel.visible;
      }),
    );
    panel.webview.html = panelHtml(panel.webview, extensionUri);
  }

  /** Brings the panel to the front, on a span when one is given. */
  show(wish: SpanWish | undefined, preserveFocus: boolean): void {
    this.panel.reveal(undefined, preserveFocus);
    if (wish === undefined) {
      return;
    }
    this.words = wish.words;
    if (this.hasPage) {
      this.emit({ type: 'select', ...wish });
    } else {
      this.wish = wish;
    }
  }

  private onChange(change: EngineChange): void {
    if (change.traceKeys === undefined || change.traceKeys.includes(this.traceKey)) {
      this.emit({ type: 'change', revision: change.revision });
    }
  }

  private handlers(actions: PanelActions): Handlers<typeof panelContract> {
    return {
      ready: () => {
        const spanKey = this.wish?.spanKey;
        this.wish = undefined;
        this.hasPage = true;
        const { traceKey, words } = this;
        return { traceKey, spanKey, words, locale: vscode.env.language };
      },
      getTrace: ({ spanKey }) => this.getTrace(spanKey),
      getSpan: ({ key }) => {
        this.shownSpan = key;
        return this.engine.client.getSpan({ key });
      },
      openSource: ({ key, index }) => this.onSpan(key, detail => actions.openSource(detail, index)),
      openDocument: ({ key, part }) =>
        this.onSpan(key, detail => actions.openDocument(detail, part)),
      compareWithPrevious: ({ key }) =>
        this.onSpan(key, detail => actions.compareWithPrevious(detail)),
      copySpan: ({ key, as }) => this.onSpan(key, detail => actions.copySpan(detail, as)),
      copyText: async ({ text }) => {
        await vscode.env.clipboard.writeText(text);
        return null;
      },
      openDiagnosisLink: ({ key, index }) =>
        this.onSpan(key, async ({ diagnosis }) => {
          const link = diagnosis?.links[index];
          await (link && actions.openLink(link.url));
        }),
      diagnose: ({ key }) => this.onSpan(key, detail => actions.diagnose(detail)),
      explainWithAi: ({ key }) => this.onSpan(key, detail => actions.explain(detail)),
      revealInTree: async () => {
        await actions.revealInTree(this.traceKey);
        return null;
      },
    };
  }

  /** After a reload the page asks before the logs are read: then the answer waits for them. */
  private async getTrace(spanKey: string | undefined): Promise<TraceDetail | null> {
    const detail = await this.engine.askSettled(client => this.findTrace(client, spanKey));
    if (detail) {
      this.panel.title = toTabTitle(detail.trace.name);
    }
    return detail;
  }

  /** A trace that was put together may be part of another one when more of the log was read: that of the call that is shown. */
  private async findTrace(
    client: EngineClient['client'],
    spanKey: string | undefined,
  ): Promise<TraceDetail | null> {
    const detail = await client.getTrace({ traceKey: this.traceKey, spanKey });
    if (detail || this.shownSpan === undefined) {
      return detail;
    }
    const shown = await client.getSpan({ key: this.shownSpan });
    if (!shown) {
      return null;
    }
    this.traceKey = shown.span.traceKey;
    return client.getTrace({ traceKey: this.traceKey, spanKey });
  }

  private async onSpan(
    key: string,
    action: (detail: SpanDetail) => Promise<unknown>,
  ): Promise<null> {
    const detail = await this.engine.client.getSpan({ key });
    if (!detail) {
      throw new Error('This call is no longer in the logs.');
    }
    await action(detail);
    return null;
  }
}

function webviewPort(webview: vscode.Webview): Port {
  return {
    // a message to a page that is hidden or gone is dropped: the page asks again when it comes back
    postMessage: message => void webview.postMessage(message),
    onMessage: listener => {
      const subscription = webview.onDidReceiveMessage(listener);
      return () => subscription.dispose();
    },
  };
}
