import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { DecisionQuery } from '@/features/users/users.queries.ts';
import { query } from '@/lib/query.ts';
import { reader } from '@/lib/reader.ts';
import { requireViewer } from '@/lib/viewer.ts';
import { DataTree } from '@/ui/data-tree.tsx';
import { Icon } from '@/ui/icon.tsx';
import { Badge, Code, Facts, PageHead, Panel } from '@/ui/page.tsx';

type Params = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await reader()).t('decisionPage.title') };
}

export default async function DecisionPage({ params }: Params) {
  await requireViewer();
  const { explainDecision: decision } = await query(DecisionQuery, { id: (await params).id });
  if (!decision) notFound();
  const { t, f, name } = await reader();
  const failed = decision.steps.find((step) => !step.passed);
  return (
    <>
      <PageHead
        kicker={
          decision.user ? (
            <Link className="underline" href={`/users/${encodeURIComponent(decision.user.externalId)}`}>
              {decision.user.externalId}
            </Link>
          ) : (
            t('redemptions.anonymous')
          )
        }
        title={t('decisionPage.title')}
        lead={failed ? t('decisionPage.stopped', { step: f.text(failed.label) }) : t('decisionPage.allPassed')}
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Panel title={t('decisionPage.steps')}>
          <ol>
            {decision.steps.map((step) => (
              <li key={step.label.en} className="flex items-start gap-2 border-t border-line py-2 first:border-0">
                <Icon name={step.passed ? 'check' : 'cross'} size={16} className={`mt-0.5 ${step.passed ? 'text-gain' : 'text-loss'}`} />
                <span className="flex-1">
                  {f.text(step.label)} <span className="sr-only">{t(step.passed ? 'guardrails.passed' : 'guardrails.notPassed')}</span>
                </span>
                <span className="text-right text-xs text-muted">{step.detail}</span>
              </li>
            ))}
          </ol>
        </Panel>
        <Panel
          title={t('decisionPage.facts')}
          aside={
            decision.isReplayIdentical ? (
              <Badge tone="gain">{t('decisionPage.replayed')}</Badge>
            ) : (
              <Badge tone="loss">{t('decisionPage.differs')}</Badge>
            )
          }
        >
          <Facts
            rows={[
              [t('history.at'), f.dateTime(decision.decidedAt)],
              [t('decisionPage.kind'), name('decisionKind', decision.kind)],
              [t('decisionPage.policy'), name('decisionPolicy', decision.policy)],
              [t('decisionPage.probability'), f.percent(decision.probability, 1)],
              [t('decisionPage.rules'), <Code key="rules">{decision.rulesetHash}</Code>],
              [t('decisionPage.input'), <Code key="input">{decision.inputHash}</Code>],
            ]}
          />
        </Panel>
        <Fold title={t('decisionPage.asked')} value={decision.input} />
        <Fold title={t('decisionPage.answered')} value={decision.result} />
      </div>
    </>
  );
}

const Fold = ({ title, value }: { title: string; value: unknown }) => (
  <Panel>
    <details>
      <summary className="text-sm font-semibold">{title}</summary>
      <div className="mt-3 overflow-x-auto">
        <DataTree value={value} />
      </div>
    </details>
  </Panel>
);
