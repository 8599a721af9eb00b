import * as vscode from 'vscode';
import type { EngineChange, SpanDetail, TraceDetail } from '../protocol/engineContract';
import { panelContract, type PanelEvent } from '../protocol/panelContract';
import { type Handlers, type Port, serve } from '../protocol/rpc';
import { toVisibleLine } from './display/visibleText';
import { Disposable } from './disposable';
import type { EngineClient } from './engineClient';
import { panelHtml, webviewRoot } from './panelHtml';

/** Room for a name in a tab. */
const maxTitleCharacters = 40;

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
  revealInTree(traceKey: string): Promise<void>;
}

/** One trace in one webview. The page holds no data that it did not ask for. */
export class TracePanel extends Disposable {
  private readonly closed = this.register(new vscode.EventEmitter<void>());
  readonly onDidClose = this.closed.event;
  private readonly emit: (event: PanelEvent) => void;
  private firstSpan: string | undefined;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    readonly traceKey: string,
    private readonly engine: EngineClient,
    private readonly actions: PanelActions,
    extensionUri: vscode.Uri,
  ) {
    super();
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
    const server = serve<typeof panelContract, PanelEvent>(
      webviewPort(panel.webview),
      panelContract,
      this.handlers(),
    );
    this.register(server);
    this.emit = server.emit;
    this.register(engine.onDidChange(change => this.onChange(change)));
    panel.onDidDispose(() => {
      this.closed.fire();
      this.dispose();
    });
    panel.webview.html = panelHtml(panel.webview, extensionUri);
  }

  /** Brings the panel to the front, on a span when one is given. */
  show(spanKey: string | undefined, preserveFocus: boolean): void {
    this.panel.reveal(undefined, preserveFocus);
    this.select(spanKey);
  }

  /** Shows a span as soon as the page is there. */
  select(spanKey: string | undefined): void {
    if (spanKey !== undefined) {
      this.firstSpan = spanKey;
      this.emit({ type: 'select', spanKey });
    }
  }

  private onChange(change: EngineChange): void {
    if (change.traceKeys === undefined || change.traceKeys.includes(this.traceKey)) {
      this.emit({ type: 'change', revision: change.revision });
    }
  }

  private handlers(): Handlers<typeof panelContract> {
    const { actions } = this;
    return {
      ready: () => ({
        traceKey: this.traceKey,
        spanKey: this.firstSpan,
        locale: vscode.env.language,
      }),
      getTrace: ({ traceKey }) => this.getTrace(traceKey),
      getSpan: ({ key }) => this.engine.client.getSpan({ key }),
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
      revealInTree: async ({ traceKey }) => {
        await actions.revealInTree(traceKey);
        return null;
      },
    };
  }

  /** After a reload the page asks before the logs are read: then the answer waits for them. */
  private async getTrace(traceKey: string): Promise<TraceDetail | null> {
    let detail = await this.engine.client.getTrace({ traceKey });
    if (!detail) {
      await this.engine.client.whenIdle({});
      detail = await this.engine.client.getTrace({ traceKey });
    }
    if (detail && traceKey === this.traceKey) {
      this.panel.title = panelTitle(detail.trace.name);
    }
    return detail;
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

/** The name of a trace as a tab shows it. */
export function panelTitle(name: string): string {
  return toVisibleLine(name, maxTitleCharacters) || 'Trace';
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
