# The loop that everybody writes first. Arguments: files.
import json
import sys

records = invalid = errors = input_tokens = output_tokens = 0
traces, models, latencies = set(), set(), []
for name in sys.argv[1:]:
    with open(name, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line == "\n":
                continue
            try:
                record = json.loads(line)
            except ValueError:
                record = None
            if not isinstance(record, dict):
                invalid += 1
                continue
            records += 1
            if record.get("error"):
                errors += 1
            usage = record.get("usage") or {}
            input_tokens += usage.get("prompt_tokens", 0)
            output_tokens += usage.get("completion_tokens", 0)
            traces.add(record.get("trace_id"))
            models.add(record.get("model"))
            latencies.append(record.get("latency_ms", 0))

latencies.sort()
p50, p95, p99 = (latencies[int(len(latencies) * share)] for share in (0.5, 0.95, 0.99))
print(json.dumps({
    "records": records, "invalid": invalid, "errors": errors,
    "inputTokens": input_tokens, "outputTokens": output_tokens,
    "traces": len(traces), "models": len(models),
    "p50": p50, "p95": p95, "p99": p99,
}))
