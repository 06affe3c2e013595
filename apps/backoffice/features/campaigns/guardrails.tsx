import type { CampaignHeadFragment } from '@/generated/graphql.ts';
import { reader } from '@/lib/reader.ts';
import { Icon } from '@/ui/icon.tsx';
import { Panel } from '@/ui/page.tsx';

/** Checks with their values and limits, the failed ones first. */
export async function Guardrails({ guardrails }: { guardrails: CampaignHeadFragment['guardrails'] }) {
  const { t, f } = await reader();
  const failed = guardrails.filter((guardrail) => !guardrail.passed);
  const sorted = [...failed, ...guardrails.filter((guardrail) => guardrail.passed)];
  return (
    <Panel
      title={t('guardrails.title')}
      aside={
        failed.length > 0 ? (
          <span className="text-loss">{t('guardrails.failed', { count: failed.length })}</span>
        ) : (
          t('guardrails.allPassed', { count: guardrails.length })
        )
      }
    >
      <ul className="flex flex-col">
        {sorted.map((guardrail) => (
          <li key={guardrail.key} className="flex items-start gap-2 border-t border-line py-2 first:border-0">
            <Icon
              name={guardrail.passed ? 'check' : 'warn'}
              size={16}
              className={`mt-0.5 ${guardrail.passed ? 'text-gain' : 'text-loss'}`}
            />
            <span className="min-w-0 flex-1">
              {f.text(guardrail.label)}{' '}
              <span className="sr-only">{guardrail.passed ? t('guardrails.passed') : t('guardrails.notPassed')}</span>
            </span>
            <span className="text-right text-xs">
              <span className={`font-medium ${guardrail.passed ? '' : 'text-loss'}`}>{guardrail.value}</span>{' '}
              <span className="text-muted">/ {guardrail.limit}</span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
