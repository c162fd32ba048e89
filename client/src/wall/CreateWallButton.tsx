import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { Button } from '../ui/Button.tsx';
import { LazyCreateWallDialog } from './LazyCreateWallDialog.tsx';

/** Makes a wall and opens it; nothing for who may not. */
export function CreateWallButton() {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const [isOpen, setIsOpen] = useState(false);
  if (!workspace.can('wall.edit')) return <p className="m-0 text-muted">Ask an analyst or dispatcher to make one.</p>;
  return (
    <>
      <Button look="primary" onClick={() => setIsOpen(true)}>
        New wall
      </Button>
      <LazyCreateWallDialog
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        onCreated={(wallId) => void navigate({ to: '/wall/$wallId', params: { wallId } })}
      />
    </>
  );
}
