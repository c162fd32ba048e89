import { Select as BaseSelect } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { classes } from './classes.ts';
import { inputClass } from './inputClass.ts';

export interface SelectOption<V extends string> {
  value: V;
  label: string;
  /** Muted words under the label. */
  hint?: string;
  symbol?: ReactNode;
}

export interface SelectProps<V extends string> {
  label: string;
  value: V | null;
  options: readonly SelectOption<V>[];
  onChange: (value: V) => void;
  placeholder?: string;
  isLabelHidden?: boolean;
  /** For a dialog that gives it the focus. */
  triggerRef?: Ref<HTMLButtonElement>;
  isDisabled?: boolean;
  className?: string;
}

/** One of a closed list. */
export function Select<V extends string>({
  label,
  value,
  options,
  onChange,
  placeholder = 'Choose',
  isLabelHidden = false,
  isDisabled = false,
  triggerRef,
  className,
}: SelectProps<V>) {
  const current = options.find((option) => option.value === value);
  return (
    <div className={classes('flex min-w-0 flex-col gap-1', className)}>
      <BaseSelect.Root<V>
        items={options.map(({ value: optionValue, label: optionLabel }) => ({
          value: optionValue,
          label: optionLabel,
        }))}
        value={value}
        onValueChange={(chosen) => (chosen === null ? undefined : onChange(chosen))}
        disabled={isDisabled}
        modal={false}
      >
        <BaseSelect.Label className={isLabelHidden ? 'sr-only' : 'text-xs font-medium text-muted'}>
          {label}
        </BaseSelect.Label>
        <BaseSelect.Trigger
          {...(triggerRef === undefined ? {} : { ref: triggerRef })}
          className={classes(inputClass, 'flex items-center gap-2 text-left')}
        >
          {current?.symbol}
          <span className={classes('min-w-0 grow truncate', current === undefined && 'text-subtle')}>
            {current?.label ?? placeholder}
          </span>
          <BaseSelect.Icon className="shrink-0 text-muted">
            <ChevronsUpDown className="size-3.5" aria-hidden />
          </BaseSelect.Icon>
        </BaseSelect.Trigger>
        <BaseSelect.Portal>
          <BaseSelect.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-(--z-popup) outline-none">
            <BaseSelect.Popup className="max-h-[min(22rem,var(--available-height))] min-w-(--anchor-width) overflow-y-auto rounded-lg bg-surface-2 p-1 shadow-raised outline-none">
              {options.map((option) => (
                <BaseSelect.Item
                  key={option.value}
                  value={option.value}
                  className="flex min-h-8 items-center gap-2 rounded-md px-2 py-1 outline-none select-none data-highlighted:bg-surface-3"
                >
                  {option.symbol}
                  <span className="min-w-0 grow">
                    <BaseSelect.ItemText className="block truncate">{option.label}</BaseSelect.ItemText>
                    {option.hint === undefined ? null : (
                      <span className="line-clamp-2 max-w-[60ch] text-xs text-muted">{option.hint}</span>
                    )}
                  </span>
                  <BaseSelect.ItemIndicator className="shrink-0 text-accent">
                    <Check className="size-4" aria-hidden />
                  </BaseSelect.ItemIndicator>
                </BaseSelect.Item>
              ))}
            </BaseSelect.Popup>
          </BaseSelect.Positioner>
        </BaseSelect.Portal>
      </BaseSelect.Root>
    </div>
  );
}
