/** True when `origin` names the host the request was sent to. A missing Origin is refused: every browser sends it with a POST. */
export function isSameOrigin(origin: string | null, host: string | null): boolean {
  if (!origin || !host || !URL.canParse(origin)) return false;
  return new URL(origin).host === host;
}
