import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import type { Installation } from '@promolift/services';
import express, { type Express } from 'express';
import { buildApiSchema } from './build-schema.ts';
import type { ApiContext } from './shared/context.ts';
import { createErrorFormatter } from './shared/errors.ts';
import { guardPlugin } from './shared/guards/guard-plugin.ts';
import { createCodeGuesses } from './shared/guards/code-guesses.ts';
import { createOperationRates } from './shared/guards/operation-rates.ts';
import { readSafelist, type Safelist, withPersistedText } from './shared/guards/safelist.ts';
import { MAX_FIELDS, MAX_TOKENS } from './shared/guards/operation-limits.ts';
import { createSignInLimit } from './shared/guards/sign-in-limit.ts';
import { type ContextParts, createContextFactory, type RefreshableClock } from './shared/http/create-context.ts';
import { graphiqlRoutes } from './shared/http/graphiql.ts';
import { codeDownloadRoutes } from './shared/http/code-downloads.ts';
import { healthRoutes } from './shared/http/health.ts';
import { createMetrics } from './shared/http/metrics.ts';
import { readGraphqlBody } from './shared/http/read-body.ts';
import { securityHeaders } from './shared/http/security-headers.ts';
import { uploadRoutes } from './shared/http/uploads.ts';
import { httpStatusPlugin } from './shared/http-status-plugin.ts';

export type ApiOptions = {
  installation: Installation;
  /** The clock of `installation`, if it follows the shop's stored offset. */
  clock?: RefreshableClock;
  databaseUrl: string;
  /** 0 takes any free port. */
  port: number;
  host?: string;
  isDevelopment?: boolean;
  metricsAllowedFrom?: 'local' | 'anywhere';
  /** Names, addresses and ranges as `TRUSTED_PROXIES` has them; loopback if left out. Limits per address see through these only. */
  trustedProxies?: readonly string[];
  version?: string;
  /** File of the documents that publishable keys may run; without it they may run any that their rights allow. */
  safelistFile?: string;
  /** Where `npm run build` put GraphiQL. */
  assetDirectory?: string;
};

export type RunningApi = { url: string; stop: () => Promise<void> };

const REQUEST_TIMEOUT_MS = 600_000;
const HEADERS_TIMEOUT_MS = 10_000;
const STOP_TIMEOUT_MS = 8_000;
const STANDING_CLOCK: RefreshableClock = { refresh: async () => undefined };

/** Starts the API on an installation that is open already; `stop` lets running requests end (at most 8 s) and leaves the installation open. */
export async function startApi(options: ApiOptions): Promise<RunningApi> {
  const metrics = createMetrics(options.installation, options.metricsAllowedFrom ?? 'local');
  const safelist = options.safelistFile ? await readSafelist(options.safelistFile) : null;
  const apollo = createApollo(options.installation, metrics.plugin, safelist);
  await apollo.start();
  const parts: ContextParts = {
    installation: options.installation,
    clock: options.clock ?? STANDING_CLOCK,
    isDevelopment: options.isDevelopment ?? false,
    signInLimit: createSignInLimit(),
    codeGuesses: createCodeGuesses(options.installation, metrics.codes),
  };
  const server = createServer(createApp(options, parts, apollo, metrics.route, safelist));
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  await listen(server, options.port, options.host);
  const { port } = server.address() as AddressInfo;
  return { url: `http://${options.host ?? 'localhost'}:${port}`, stop: () => stop(server, apollo) };
}

function createApollo(
  { log }: Installation,
  metricsPlugin: ReturnType<typeof createMetrics>['plugin'],
  safelist: Safelist | null,
): ApolloServer<ApiContext> {
  return new ApolloServer<ApiContext>({
    schema: buildApiSchema(),
    // guardPlugin decides who may introspect.
    introspection: true,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    maxRecursiveSelections: MAX_FIELDS * 2,
    formatError: createErrorFormatter(log),
    plugins: [ApolloServerPluginLandingPageDisabled(), metricsPlugin, guardPlugin(createOperationRates(), safelist), httpStatusPlugin],
  });
}

function createApp(
  options: ApiOptions,
  parts: ContextParts,
  apollo: ApolloServer<ApiContext>,
  metricsRoute: express.RequestHandler,
  safelist: Safelist | null,
): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', options.trustedProxies ?? ['loopback']);
  app.use(securityHeaders);
  app.use(healthRoutes(options.installation, options.databaseUrl, options.version ?? '0.1.0'));
  app.get('/metrics', metricsRoute);
  app.use(uploadRoutes(options.installation));
  app.use(codeDownloadRoutes(options.installation));
  app.use(graphiqlRoutes(options.assetDirectory ?? fileURLToPath(new URL('../dist', import.meta.url))));
  const findPersisted: express.RequestHandler = (request, _response, next) => {
    request.body = withPersistedText(safelist, request.body);
    next();
  };
  app.all('/graphql', readGraphqlBody, findPersisted, expressMiddleware(apollo, { context: createContextFactory(parts) }));
  app.use(
    (_request, response) =>
      void response.status(404).json({ error: { code: 'NOT_FOUND', message: 'There is nothing here; the API is at /graphql.' } }),
  );
  app.use(faultHandler(options.installation));
  return app;
}

/** Express's own page would show the stack. */
function faultHandler({ log }: Installation): express.ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    log.error({ error }, 'request failed');
    response.status(500).json({ error: { code: 'INTERNAL', message: 'Something went wrong on our side.' } });
  };
}

function listen(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
}

async function stop(server: Server, apollo: ApolloServer<ApiContext>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), STOP_TIMEOUT_MS);
  await closed;
  clearTimeout(timer);
  await apollo.stop();
}
