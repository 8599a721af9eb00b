import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../../scripts/lib/browser.mjs';
import { type Server, fromSource, startServer } from '../../../scripts/lib/server.mjs';

/** One server and one browser for all UI tests of a run; both end with the process. */
interface Session {
  readonly server: Server;
  readonly browser: Browser;
  /** What the address of the workbench carries so that Callsight is there. */
  readonly payload: Readonly<Record<string, string>>;
}

let session: Promise<Session> | undefined;

async function start(): Promise<Session> {
  // The packaged extension, installed as a user has it; else the one of the repository.
  const vsix = process.env['CALLSIGHT_VSIX'];
  const server = await startServer(vsix === undefined ? {} : { vsix });
  const payload = vsix === undefined ? fromSource : { skipWelcome: 'true' };
  return { server, browser: await launchBrowser(), payload };
}

/** Starts server and browser when the first test asks. */
export function getSession(): Promise<Session> {
  session ??= start();
  return session;
}
