import type { ApolloServerPlugin } from '@apollo/server';
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Installation } from '@promolift/services';
import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ApiContext } from '../context.ts';

export type Metrics = {
  plugin: ApolloServerPlugin<ApiContext>;
  route: RequestHandler;
  codes: { onWrong(count: number): void; onAlarm(): void };
};

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** Durations by root field (names of the schema only, so that callers cannot invent labels), errors by code, pool use; and a span each operation. */
export function createMetrics({ database }: Installation, allowedFrom: 'local' | 'anywhere'): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: 'promolift_graphql_seconds',
    help: 'Duration of GraphQL operations.',
    labelNames: ['field'],
    buckets: [0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.3, 1, 3],
    registers: [registry],
  });
  const errors = new Counter({
    name: 'promolift_graphql_errors_total',
    help: 'GraphQL errors by code.',
    labelNames: ['code'],
    registers: [registry],
  });
  const wrongCodes = new Counter({
    name: 'promolift_wrong_codes_total',
    help: 'Different wrong codes that shoppers brought.',
    registers: [registry],
  });
  const codeAlarms = new Counter({
    name: 'promolift_code_alarms_total',
    help: 'Callers that brought 100 wrong codes in ten minutes.',
    registers: [registry],
  });
  new Gauge({
    name: 'promolift_pool_waiting',
    help: 'Requests waiting for a database connection.',
    registers: [registry],
    collect() {
      this.set(database.pool.waitingCount);
    },
  });
  const tracer = trace.getTracer('promolift-api');
  return {
    codes: { onWrong: (count) => wrongCodes.inc(count), onAlarm: () => codeAlarms.inc() },
    plugin: {
      async requestDidStart() {
        const startedAt = performance.now();
        const span = tracer.startSpan('graphql', { kind: SpanKind.SERVER });
        let field = 'none';
        return {
          async didResolveOperation({ operation }) {
            const selection = operation?.selectionSet.selections[0];
            field = selection?.kind === 'Field' ? selection.name.value : 'fragment';
            // Semantic conventions: the type names the span; a name the caller invents would not.
            span.updateName(operation?.operation ?? 'graphql');
            span.setAttributes({ 'graphql.operation.type': operation?.operation ?? 'unknown', 'promolift.root_field': field });
          },
          async willSendResponse({ response }) {
            const found = response.body.kind === 'single' ? (response.body.singleResult.errors ?? []) : [];
            for (const error of found) errors.inc({ code: String(error.extensions?.['code'] ?? 'NONE') });
            if (found.length > 0) {
              span.setStatus({ code: SpanStatusCode.ERROR });
              span.setAttribute('error.type', String(found[0]?.extensions?.['code'] ?? 'NONE'));
            }
            seconds.observe({ field }, (performance.now() - startedAt) / 1_000);
            span.end();
          },
        };
      },
    },
    route: async (request, response) => {
      // A proxy on this machine is loopback too; whom it serves stands in what it forwards.
      const isForwarded = request.headers['x-forwarded-for'] !== undefined || request.headers['forwarded'] !== undefined;
      if (allowedFrom === 'local' && (isForwarded || !LOOPBACK.has(request.socket.remoteAddress ?? ''))) {
        response.status(403).json({ error: 'metrics are for this machine only' });
        return;
      }
      response.type(registry.contentType).send(await registry.metrics());
    },
  };
}
