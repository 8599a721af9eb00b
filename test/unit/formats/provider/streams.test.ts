import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { messageText } from '../../../../src/model/message';
import type { SpanPatch } from '../../../../src/model/span';
import { isFields } from '../../../../src/formats/fields/values';
import { readStreams } from '../../../../src/formats/provider/streams';
import { providerResponse } from '../../../../src/formats/providerResponse';
import { fixturePath, readFixture } from '../readFixture';

const fixture = 'provider-response/chunks.jsonl';

/** The patches of each stream of the fixture, in order. */
function patchesByStream(): Map<string, SpanPatch[]> {
  const streams = new Map<string, SpanPatch[]>();
  for (const patch of readFixture(fixture).flatMap(({ reading }) => reading?.spans ?? [])) {
    const identity = patch.identity ?? '';
    streams.set(identity, [...(streams.get(identity) ?? []), patch]);
  }
  return streams;
}

function events() {
  const lines = readFileSync(fixturePath(fixture), 'utf8').trim().split('\n');
  return lines.map(line => JSON.parse(line) as unknown).filter(isFields);
}

describe('streams of providers', () => {
  const joined = [...patchesByStream().values()].map(patches =>
    providerResponse.joinPieces?.(patches.flatMap(patch => patch.content?.() ?? [])),
  );

  it('say the same chunk by chunk as put together at once', () => {
    const whole = readStreams(events());
    assert.equal(joined.length, 10);
    assert.deepEqual(
      joined.map(content => content?.outputMessages),
      whole.map(({ facts }) => facts.messages),
    );
  });

  it('have the texts of their pieces', () => {
    const texts = joined.map(content => (content?.outputMessages ?? []).map(messageText).join());
    assert.deepEqual(texts, [
      'Let me look.',
      'I ask both.',
      'The tide',
      'Soon.',
      'Low water.',
      'It is six.',
      '',
      'Nine',
      'Nine',
      'Six.',
    ]);
  });

  it('have the arguments of their tool calls, put together and parsed', () => {
    const calls = joined.flatMap(content =>
      (content?.outputMessages ?? []).flatMap(({ parts }) =>
        parts.flatMap(part => (part.type === 'toolCall' ? JSON.stringify(part.arguments) : [])),
      ),
    );
    assert.deepEqual(calls, [
      '{"port":"Oban"}',
      '{"port":"Skye"}',
      '{}',
      '{"ports":["Oban"]}',
      '{"port":"Rum"}',
    ]);
  });

  it('name each of their tool calls once', () => {
    const names = [...patchesByStream().values()].map(patches =>
      patches.flatMap(patch => patch.toolCallNames ?? []),
    );
    assert.deepEqual(
      names.map(list => list.join()),
      ['tides', 'tides', '', 'tides', 'tides', '', 'tides', '', '', ''],
    );
  });
});
