'use client';
import { Field } from '@/ui/field.tsx';
import { useReader } from '@/ui/reader-provider.tsx';
import type { Nameable } from './argument-field.tsx';
import { ArgumentField } from './argument-field.tsx';
import type { ConditionChoice } from './condition-tree.ts';

interface RuleFieldsProps extends Nameable {
  readonly kinds: readonly ConditionChoice[];
  readonly kind: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly onKind: (kind: string) => void;
  readonly onText: (name: string, text: string) => void;
}

/** The form of one promotion, drawn from the arguments its kind describes. */
export function RuleFields({ kinds, kind, texts, onKind, onText, ...named }: RuleFieldsProps) {
  const { t } = useReader();
  const chosen = kinds.find((candidate) => candidate.kind === kind);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t('form.kind')}>
        <select className="control" value={kind} onChange={(event) => onKind(event.target.value)}>
          {kinds.map((candidate) => (
            <option key={candidate.kind} value={candidate.kind}>
              {candidate.label}
            </option>
          ))}
        </select>
      </Field>
      {chosen?.arguments.map((argument) => (
        <ArgumentField
          key={argument.name}
          argument={argument}
          text={texts[argument.name] ?? ''}
          onChange={(text) => onText(argument.name, text)}
          {...named}
        />
      ))}
    </div>
  );
}
