import type { Tile } from '@commonsight/types/wall';
import { useState } from 'react';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { exhausted } from '../exhausted.ts';
import { renewTile, requestOfTile, withdrawRequest } from '../grant/grantActs.ts';
import type { Workspace } from '../state/Workspace.ts';
import { Button } from '../ui/Button.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import type { TileWords } from './tileWords.ts';

type Action = NonNullable<TileWords['action']>;

const labels: Readonly<Record<Action, string>> = {
  giveReason: 'Give purpose',
  withdraw: 'Withdraw',
  askAgain: 'Ask again',
  renew: 'Renew',
  openAgain: 'Open again',
};

/** What a tile without a picture offers to do about it. */
export function TileAct({ tile, action }: { tile: Tile; action: Action }) {
  const workspace = useWorkspace();
  const [isBusy, setIsBusy] = useState(false);
  return (
    <Button
      size="sm"
      look={action === 'giveReason' || action === 'renew' ? 'primary' : 'secondary'}
      className="mt-1"
      disabled={isBusy}
      onClick={() => {
        setIsBusy(true);
        void act(workspace, tile, action).finally(() => setIsBusy(false));
      }}
    >
      {labels[action]}
      {action === 'renew' ? <Kbd>G</Kbd> : null}
    </Button>
  );
}

async function act(workspace: Workspace, tile: Tile, action: Action): Promise<void> {
  const { grantFlow, media } = workspace;
  const request = requestOfTile(workspace, tile);
  switch (action) {
    case 'giveReason':
      grantFlow.askForCamera(tile.cameraId);
      return;
    case 'withdraw':
      if (request !== null) await withdrawRequest(workspace, request.id);
      return;
    case 'askAgain':
      if (request !== null) grantFlow.request(request.incidentId, request.cameraIds);
      return;
    case 'renew':
      renewTile(workspace, tile);
      return;
    case 'openAgain':
      grantFlow.invite(tile.cameraId);
      media.reopen(tile.id);
      return;
    default:
      exhausted(action);
  }
}
