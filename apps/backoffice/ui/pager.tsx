import { ButtonLink } from './button.tsx';

/** Forward paging by cursor; the first page is one press away. */
export function Pager({
  path,
  parameters,
  endCursor,
  hasNextPage,
  isFirst,
  words,
}: {
  path: string;
  parameters: Readonly<Record<string, string | undefined>>;
  endCursor?: string | null;
  hasNextPage: boolean;
  isFirst: boolean;
  words: { next: string; first: string; label: string };
}) {
  if (isFirst && !hasNextPage) return null;
  const link = (after?: string) => {
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries({ ...parameters, after })) if (value) search.set(key, value);
    return `${path}?${search}`;
  };
  return (
    <nav aria-label={words.label} className="mt-4 flex justify-end gap-2">
      {isFirst ? null : <ButtonLink href={link()}>{words.first}</ButtonLink>}
      {hasNextPage && endCursor ? <ButtonLink href={link(endCursor)}>{words.next}</ButtonLink> : null}
    </nav>
  );
}
