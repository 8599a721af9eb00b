# jq -nR -c -f totals.jq FILES: each line apart, so that a broken one costs no other.
[inputs | fromjson? | objects | [.model, .trace_id, .usage.prompt_tokens, .usage.completion_tokens, .latency_ms, (.error != null)]]
| length as $count
| (map(.[4]) | sort) as $latencies
| {
    records: $count,
    errors: map(select(.[5])) | length,
    inputTokens: map(.[2]) | add,
    outputTokens: map(.[3]) | add,
    traces: map(.[1]) | unique | length,
    models: map(.[0]) | unique | length,
    p50: $latencies[($count * 0.5) | floor],
    p95: $latencies[($count * 0.95) | floor],
    p99: $latencies[($count * 0.99) | floor]
  }
