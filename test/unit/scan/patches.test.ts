import assert from 'node:assert/strict';
import { isSameButForTexts } from '../../../src/engine/scan/patches';
import { patch } from '../engine/builders';

describe('what is made of a record with another word', () => {
  it('is the same where the word was taken over as a text', () => {
    const [one, other] = [patch({ model: 'a', name: 'chat' }), patch({ model: 'b', name: 'chat' })];
    assert.equal(isSameButForTexts(one, other, [['a', 'b']]), true);
    assert.equal(isSameButForTexts(one, other, [['c', 'b']]), false);
  });

  it('is another where it tells the status or the kind, though that is written like the word', () => {
    const [ok, error] = [patch({ status: 'ok' }), patch({ status: 'error' })];
    assert.equal(isSameButForTexts(ok, error, [['ok', 'error']]), false);
    const [call, tool] = [patch({ kind: 'call' }), patch({ kind: 'tool' })];
    assert.equal(isSameButForTexts(call, tool, [['call', 'tool']]), false);
  });

  it('is another where a text says the new word that did not say the old one', () => {
    const [one, other] = [patch({ name: 'chat' }), patch({ name: 'b' })];
    assert.equal(isSameButForTexts(one, other, [['a', 'b']]), false);
  });
});
