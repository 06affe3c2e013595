/** One GraphQL request as a storefront or a manager sends it; throws with the answer when there are errors. */
export async function ask<Data>(api: string, token: string, query: string, variables: Record<string, unknown> = {}): Promise<Data> {
  const response = await fetch(`${api}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as { data?: Data; errors?: unknown[] };
  if (!body.data || body.errors) throw new Error(`${response.status} ${JSON.stringify(body.errors ?? body).slice(0, 600)}`);
  return body.data;
}
