import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Router } from 'express';

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Promolift API</title>
<link rel="stylesheet" href="/graphiql/graphiql.css">
</head>
<body>
<div id="graphiql"></div>
<script src="/graphiql/graphiql.js"></script>
</body>
</html>
`;

/** GraphiQL from our own files (made by `npm run build` in `assetDirectory`); no script or style comes from elsewhere. */
export function graphiqlRoutes(assetDirectory: string): Router {
  const router = Router();
  router.get('/graphiql', (_request, response) => void response.type('html').send(PAGE));
  for (const [name, type] of [
    ['graphiql.js', 'text/javascript'],
    ['graphiql.css', 'text/css'],
  ] as const) {
    router.get(`/graphiql/${name}`, async (_request, response) => {
      try {
        response.type(type).send(await readFile(join(assetDirectory, name)));
      } catch {
        response.status(404).type('text/plain').send('GraphiQL is not built: run npm run build in apps/api.');
      }
    });
  }
  return router;
}
