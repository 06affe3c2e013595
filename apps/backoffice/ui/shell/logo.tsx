export function Logo() {
  return (
    <span className="flex items-center gap-2 text-lg font-semibold tracking-tight">
      <svg aria-hidden="true" width="26" height="26" viewBox="0 0 32 32">
        <rect width="32" height="32" rx="7" className="fill-accent" />
        <path
          d="M7 22l6-7 5 4 7-10"
          fill="none"
          className="stroke-accent-ink"
          strokeWidth="3"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
        <path d="M7 26h18" className="stroke-accent-ink" opacity="0.6" strokeWidth="2" strokeDasharray="3 3" />
      </svg>
      Promolift
    </span>
  );
}
