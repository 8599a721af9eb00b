import './components/menu';
import './text/jsonText';
import './text/jsonTree';
import './text/rendered';
import './waterfall/waterfallElement';
import { connectHost } from './hostClient';
import { PanelElement } from './panel';
import { PanelStore } from './panelStore';

const panel = new PanelElement();
const host = connectHost(event => store.onEvent(event));
const store = new PanelStore(host, () => panel.requestUpdate());
panel.store = store;
document.body.append(panel);
void store.start();
