import { ensureChromium } from './chromium.mjs';

/** Starts a headless Chromium that talks to nobody but our server. */
export async function launchBrowser() {
  const executablePath = await ensureChromium();
  const { chromium } = await import('playwright-core');
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      // A container's root may not use the sandbox; the only pages are ours.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
