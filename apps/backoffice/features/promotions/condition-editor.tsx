'use client';
import { Button } from '@/ui/button.tsx';
import { newKey } from '@/ui/new-key.ts';
import { useReader } from '@/ui/reader-provider.tsx';
import type { Nameable } from './argument-field.tsx';
import { ArgumentField } from './argument-field.tsx';
import type { ConditionChoice, ConditionNode } from './condition-tree.ts';
import { replaceNode, textsOf } from './condition-tree.ts';

interface ConditionEditorProps extends Nameable {
  readonly kinds: readonly ConditionChoice[];
  readonly root: ConditionNode | null;
  readonly onChange: (root: ConditionNode | null) => void;
}
/** The domain nests at most five deep. */
const MOST_NESTED = 4;

/** When a promotion applies: a tree of "all of", "any of" and "not", each leaf a small sentence. */
export function ConditionEditor({ root, onChange, ...props }: ConditionEditorProps) {
  const { t } = useReader();
  const leaf = newLeaf(props);
  const add = () => {
    if (!leaf) return;
    onChange(root && 'join' in root && root.nots === 0 ? { ...root, parts: [...root.parts, leaf] } : root ? joined([root, leaf]) : leaf);
  };
  return (
    <fieldset className="mt-4 border-t border-line pt-3">
      <legend className="sr-only">{t('condition.title')}</legend>
      <p className="mb-2 text-xs font-medium text-muted">{root ? t('condition.only') : t('condition.always')}</p>
      {root ? <NodeEditor {...props} node={root} depth={0} onChange={(id, next) => onChange(replaceNode(root, id, next))} /> : null}
      <Button className="mt-2" onClick={add}>
        {t('condition.add')}
      </Button>
    </fieldset>
  );
}

function newLeaf({ kinds, money }: Pick<ConditionEditorProps, 'kinds' | 'money'>): ConditionNode | null {
  const kind = kinds[0]?.kind;
  return kind === undefined ? null : { id: newKey(), nots: 0, kind, kept: {}, texts: textsOf(kind, kinds, money) };
}
const joined = (parts: readonly ConditionNode[]): ConditionNode => ({ id: newKey(), nots: 0, join: 'and', parts });

interface NodeEditorProps extends Omit<ConditionEditorProps, 'root' | 'onChange'> {
  readonly node: ConditionNode;
  readonly depth: number;
  readonly onChange: (id: string, next: ConditionNode | null) => void;
}

function NodeEditor(props: NodeEditorProps) {
  const { node, onChange } = props;
  const { t } = useReader();
  return (
    <div className="border-l-2 border-line-strong py-1 pl-3">
      <div className="mb-2 flex flex-wrap items-center gap-3">
        {'join' in node ? (
          <select
            className="control w-auto"
            aria-label={t('condition.join')}
            value={node.join}
            onChange={(event) => onChange(node.id, { ...node, join: event.target.value === 'or' ? 'or' : 'and' })}
          >
            <option value="and">{t('condition.and')}</option>
            <option value="or">{t('condition.or')}</option>
          </select>
        ) : (
          <KindSelect {...props} node={node} />
        )}
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            checked={node.nots % 2 === 1}
            onChange={(event) => onChange(node.id, { ...node, nots: event.target.checked ? 1 : 0 })}
          />
          {t('condition.not')}
        </label>
        <Button look="quiet" className="ml-auto" onClick={() => onChange(node.id, null)}>
          {t('condition.remove')}
        </Button>
      </div>
      {'join' in node ? <Parts {...props} node={node} /> : <Leaf {...props} node={node} />}
    </div>
  );
}

type LeafNode = Extract<ConditionNode, { kind: string }>;
type GroupNode = Extract<ConditionNode, { join: string }>;

function KindSelect({ node, kinds, money, onChange }: NodeEditorProps & { node: LeafNode }) {
  const { t } = useReader();
  return (
    <select
      className="control w-auto max-w-full"
      aria-label={t('condition.kind')}
      value={node.kind}
      onChange={(event) =>
        onChange(node.id, { ...node, kind: event.target.value, kept: {}, texts: textsOf(event.target.value, kinds, money) })
      }
    >
      {kinds.map((choice) => (
        <option key={choice.kind} value={choice.kind}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}

function Leaf({ node, kinds, categories, products, money, onChange }: NodeEditorProps & { node: LeafNode }) {
  const described = kinds.find((choice) => choice.kind === node.kind)?.arguments ?? [];
  if (described.length === 0) return null;
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {described.map((argument) => (
        <ArgumentField
          key={argument.name}
          argument={argument}
          text={node.texts[argument.name] ?? ''}
          onChange={(text) => onChange(node.id, { ...node, texts: { ...node.texts, [argument.name]: text } })}
          categories={categories}
          products={products}
          money={money}
        />
      ))}
    </div>
  );
}

function Parts(props: NodeEditorProps & { node: GroupNode }) {
  const { node, depth, onChange } = props;
  const { t } = useReader();
  const leaf = () => newLeaf(props);
  const add = (part: ConditionNode | null) => part && onChange(node.id, { ...node, parts: [...node.parts, part] });
  const addGroup = () => {
    const first = leaf();
    add(first && { ...joined([first]), join: node.join === 'and' ? 'or' : 'and' });
  };
  return (
    <div className="grid gap-3">
      {node.parts.map((part) => (
        <NodeEditor key={part.id} {...props} node={part} depth={depth + 1} />
      ))}
      {depth < MOST_NESTED - 1 ? (
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => add(leaf())}>{t('condition.addHere')}</Button>
          <Button onClick={addGroup}>{t('condition.addGroup')}</Button>
        </div>
      ) : null}
    </div>
  );
}
