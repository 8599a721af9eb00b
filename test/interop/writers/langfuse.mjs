// Langfuse's tracing, which is OpenTelemetry with attributes of its own, sent to a server that keeps what it gets.
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { LangfuseSpanProcessor } from '@langfuse/otel';
import {
  setLangfuseTracerProvider,
  startActiveObservation,
  startObservation,
} from '@langfuse/tracing';
import { collect } from './support.mjs';

const collector = await collect('langfuse-otlp.jsonl');
const provider = new NodeTracerProvider({
  spanProcessors: [
    new LangfuseSpanProcessor({ publicKey: 'none', secretKey: 'none', baseUrl: collector.url }),
  ],
});
provider.register();
setLangfuseTracerProvider(provider);

await startActiveObservation('weather', async span => {
  span.update({ input: { city: 'Oslo' } });
  const generation = startObservation(
    'answer',
    {
      model: 'gpt-4o',
      input: [{ role: 'user', content: 'Weather in Oslo?' }],
      modelParameters: { temperature: 0.2 },
    },
    { asType: 'generation' },
  );
  generation
    .update({
      output: { role: 'assistant', content: 'It is 4 °C.' },
      usageDetails: { input: 120, output: 17, total: 137 },
    })
    .end();
  const failing = startObservation(
    'failing',
    { model: 'gpt-4o-mini', level: 'ERROR', statusMessage: '429 Rate limit reached' },
    { asType: 'generation' },
  );
  failing.end();
});
await provider.forceFlush();
await provider.shutdown();
collector.close();
