import Link from 'next/link';
import type { ButtonHTMLAttributes, ReactNode } from 'react';

const looks = {
  primary: 'bg-accent text-accent-ink border-transparent hover:brightness-110',
  plain: 'bg-surface text-ink border-line-strong hover:bg-sunken',
  danger: 'bg-surface text-loss border-loss hover:bg-loss-soft',
  quiet: 'bg-transparent text-ink border-transparent hover:bg-sunken',
} as const;
export type ButtonLook = keyof typeof looks;
export const buttonClass = (look: ButtonLook = 'plain') =>
  `inline-flex items-center justify-center gap-2 rounded-md border px-3 min-h-9 text-sm font-medium whitespace-nowrap disabled:opacity-60 ${looks[look]}`;

export function Button({
  look = 'plain',
  className = '',
  type = 'button',
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { look?: ButtonLook }) {
  return <button type={type} className={`${buttonClass(look)} ${className}`} {...rest} />;
}
export function ButtonLink({ href, look = 'plain', children }: { href: string; look?: ButtonLook; children: ReactNode }) {
  return (
    <Link href={href} className={buttonClass(look)}>
      {children}
    </Link>
  );
}
