import { isFields, toNumber } from '../fields/values';
import { Attributes } from './attributes';

/** Levels of lists and maps in one value; a hostile log nests without end. */
const maxDepth = 32;

/** Attributes as OTLP has them: `[{key, value: {stringValue: "…"}}]`. */
export function readKeyValues(list: unknown): Attributes {
  return Array.isArray(list) ? Attributes.from(keyValues(list, 0)) : Attributes.of(list);
}

/**
 * A value of OTLP's `AnyValue`; whole numbers are text there. A value that is none is returned as it is.
 * https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/common/v1/common.proto
 */
export function readAnyValue(value: unknown, depth = 0): unknown {
  if (!isFields(value) || depth > maxDepth) {
    return value;
  }
  const plain =
    value['stringValue'] ?? value['string_value'] ?? value['boolValue'] ?? value['bool_value'];
  if (plain !== undefined && plain !== null) {
    return plain;
  }
  const number =
    value['intValue'] ?? value['int_value'] ?? value['doubleValue'] ?? value['double_value'];
  if (number !== undefined && number !== null) {
    return toNumber(number) ?? number;
  }
  const list = value['arrayValue'] ?? value['array_value'];
  if (isFields(list)) {
    const items = list['values'];
    return Array.isArray(items) ? items.map(item => readAnyValue(item, depth + 1)) : [];
  }
  const map = value['kvlistValue'] ?? value['kvlist_value'];
  if (isFields(map)) {
    const entries = map['values'];
    return Array.isArray(entries) ? fromEntries(keyValues(entries, depth + 1)) : {};
  }
  return value['bytesValue'] ?? value['bytes_value'] ?? value;
}

function keyValues(list: readonly unknown[], depth: number): (readonly [string, unknown])[] {
  return list.flatMap(entry =>
    isFields(entry) && typeof entry['key'] === 'string'
      ? [[entry['key'], readAnyValue(entry['value'], depth)] as const]
      : [],
  );
}

function fromEntries(entries: readonly (readonly [string, unknown])[]): unknown {
  return Object.fromEntries(entries.filter(([key]) => key !== '__proto__'));
}
