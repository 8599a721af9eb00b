import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator } from 'playwright-core';

const patienceMs = 15_000;
const stillMs = 500;

/** Waits until a text that is asked for again and again fits; fails with the last one. */
export async function expectEventually(
  ask: () => Promise<string>,
  wanted: RegExp,
  withinMs = patienceMs,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  let text = '';
  while (Date.now() < deadline) {
    text = await ask();
    if (wanted.test(text)) {
      return;
    }
    await sleep(100);
  }
  assert.match(text, wanted);
}

/** Waits until what a person reads there fits; fails with what stands there instead. */
export async function expectText(
  locator: Locator,
  wanted: RegExp,
  withinMs = patienceMs,
): Promise<void> {
  await expectEventually(
    async () => {
      const first = (await locator.count()) > 0 ? await locator.first().innerText() : '';
      // Editors and trees draw no-break spaces for some spaces.
      return first.replaceAll('\u00A0', ' ');
    },
    wanted,
    withinMs,
  );
}

/** Waits until what a person reads there stays the same for half a second; fails when it never does. */
export async function expectStill(locator: Locator): Promise<void> {
  const deadline = Date.now() + patienceMs;
  let text = await locator.innerText();
  for (let since = Date.now(); Date.now() - since < stillMs;) {
    assert(Date.now() < deadline, `what is there goes on changing; last: ${text}`);
    await sleep(50);
    const now = await locator.innerText();
    if (now !== text) {
      text = now;
      since = Date.now();
    }
  }
}
