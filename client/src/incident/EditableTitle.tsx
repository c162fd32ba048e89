import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { inputClass } from '../ui/Field.tsx';

export interface EditableTitleProps {
  title: string;
  isEditing: boolean;
  /** The new title, or null when it stays. */
  onDone: (title: string | null) => Promise<void>;
}

/** The incident's title; while it is edited Enter keeps the new one and Escape the old one. */
export function EditableTitle({ title, isEditing, onDone }: EditableTitleProps) {
  if (!isEditing) return <h2 className="m-0 text-base leading-5 font-semibold break-words text-text">{title}</h2>;
  return <TitleInput title={title} onDone={onDone} />;
}

function TitleInput({ title, onDone }: Omit<EditableTitleProps, 'isEditing'>) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(title);
  useEffect(() => input.current?.select(), []);
  const finish = (): void => {
    const wanted = text.trim();
    void onDone(wanted === '' || wanted === title ? null : wanted);
  };
  const handleKey = (press: KeyboardEvent): void => {
    if (press.key === 'Enter') finish();
    else if (press.key === 'Escape') void onDone(null);
    else return;
    press.preventDefault();
    press.stopPropagation();
  };
  return (
    <input
      ref={input}
      aria-label="Name of the incident"
      value={text}
      maxLength={120}
      onChange={({ target }) => setText(target.value)}
      onKeyDown={handleKey}
      onBlur={finish}
      className={inputClass}
    />
  );
}
