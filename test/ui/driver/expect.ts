import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator } from 'playwright-core';

const patienceMs = 15_000;

/** Waits until what a person reads there fits; fails with what stands there instead. */
export async function expectText(locator: Locator, wanted: RegExp): Promise<void> {
  const deadline = Date.now() + patienceMs;
  let text = '';
  while (Date.now() < deadline) {
    if ((await locator.count()) > 0) {
      // Editors and trees draw no-break spaces for some spaces.
      text = (await locator.first().innerText()).replaceAll('\u00A0', ' ');
      if (wanted.test(text)) {
        return;
      }
    }
    await sleep(100);
  }
  assert.match(text, wanted);
}
