// The same figures by SQL. Arguments: the module of @duckdb/node-api, a number of threads, a glob.
import { pathToFileURL } from 'node:url';

const [module = '', threads = '', glob = ''] = process.argv.slice(2);
const { DuckDBInstance } = await import(pathToFileURL(module).href);
const database = await DuckDBInstance.create(':memory:', { threads });
const connection = await database.connect();
// columns are named, so that nothing is spent on guessing them and content is skipped
const columns = `{
  model: 'VARCHAR', trace_id: 'VARCHAR', latency_ms: 'DOUBLE', error: 'JSON',
  usage: 'STRUCT(prompt_tokens BIGINT, completion_tokens BIGINT)'
}`;
const reader = await connection.runAndReadAll(`
  SELECT
    count(*) FILTER (trace_id IS NOT NULL) AS records,
    count(*) FILTER (error IS NOT NULL AND error::VARCHAR <> 'null') AS errors,
    sum(usage.prompt_tokens)::DOUBLE AS "inputTokens",
    sum(usage.completion_tokens)::DOUBLE AS "outputTokens",
    count(DISTINCT trace_id) AS traces,
    count(DISTINCT model) AS models,
    quantile_disc(latency_ms, 0.5) AS p50,
    quantile_disc(latency_ms, 0.95) AS p95,
    quantile_disc(latency_ms, 0.99) AS p99
  FROM read_json('${glob.replaceAll("'", "''")}', format = 'newline_delimited', ignore_errors = true, columns = ${columns})
`);
const [row = {}] = reader.getRowObjectsJson();
// whole numbers of 64 bits come as texts
console.log(
  JSON.stringify(
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)])),
  ),
);
