import { GraphiQL } from 'graphiql';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import 'graphiql/graphiql.css';

const example = `# Headers, below: {"Authorization": "Bearer <session token or API key>"}
{
  recommendations(anonymousId: "guest", first: 4) {
    servedBy
    items { rank product { sku name price { formatted } } reasons { text } }
  }
}
`;

async function fetcher(parameters, options) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...options?.headers },
    body: JSON.stringify(parameters),
  });
  return response.json();
}

createRoot(document.getElementById('graphiql')).render(
  createElement(GraphiQL, { fetcher, defaultQuery: example, shouldPersistHeaders: false }),
);
