import type { panelContract, PanelEvent } from '../src/protocol/panelContract';
import { connect, type Client, type Port } from '../src/protocol/rpc';

/** What the panel may ask of the extension. */
export type HostClient = Client<typeof panelContract>;

/** The one way out of the page, and where its state is kept. */
export interface Host {
  readonly client: HostClient;
  readonly load: () => unknown;
  readonly save: (state: unknown) => void;
}

/** Joins the page to its extension. May be called once a page: VS Code gives its api only once. */
export function connectHost(onEvent: (event: PanelEvent) => void): Host {
  const api = acquireVsCodeApi<unknown>();
  const port: Port = {
    postMessage: message => api.postMessage(message),
    onMessage: listener => {
      const forward = (event: MessageEvent<unknown>) => listener(event.data);
      window.addEventListener('message', forward);
      return () => window.removeEventListener('message', forward);
    },
  };
  const { client } = connect<typeof panelContract, PanelEvent>(port, onEvent);
  return { client, load: () => api.getState(), save: state => api.setState(state) };
}
