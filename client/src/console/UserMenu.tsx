import { useNavigate, useRouteContext } from '@tanstack/react-router';
import { Keyboard, LockKeyhole, LogOut, ShieldCheck, UserRoundCog, UsersRound } from 'lucide-react';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { lockNow } from '../session/useSessionLock.ts';
import { Menu, MenuItem, MenuSeparator } from '../ui/Menu.tsx';
import { roleNames } from '../ui/words.ts';
import { initialsOf } from './initialsOf.ts';

export function UserMenu() {
  const workspace = useWorkspace();
  const { signedIn } = useRouteContext({ from: '/signedIn' });
  const navigate = useNavigate();
  const { user, agency } = workspace.me;
  return (
    <Menu
      align="end"
      trigger={
        <button
          type="button"
          aria-label={`${initialsOf(user.name)}, ${user.name}, ${roleNames[user.role]}`}
          className="flex size-7 shrink-0 items-center justify-center rounded-full bg-surface-3 text-2xs font-semibold text-text inset-ring inset-ring-line-strong hover:inset-ring-faint"
        >
          {initialsOf(user.name)}
        </button>
      }
    >
      <div className="px-2 pt-1 pb-2">
        <div className="font-semibold text-text">{user.name}</div>
        <div className="text-xs text-muted">
          {roleNames[user.role]}, {agency.name}
        </div>
      </div>
      <MenuSeparator />
      {workspace.can('viewing.supervise') ? (
        <MenuItem icon={<ShieldCheck aria-hidden />} onSelect={() => void navigate({ to: '/supervisor' })}>
          Supervise viewings
        </MenuItem>
      ) : null}
      <MenuItem icon={<UserRoundCog aria-hidden />} onSelect={() => void navigate({ to: '/account' })}>
        Your account
      </MenuItem>
      {workspace.can('user.administer') ? (
        <MenuItem icon={<UsersRound aria-hidden />} onSelect={() => void navigate({ to: '/people' })}>
          People
        </MenuItem>
      ) : null}
      <MenuItem
        icon={<Keyboard aria-hidden />}
        shortcut="?"
        onSelect={() => workspace.attention.setState({ openDialog: 'keys' })}
      >
        Keys
      </MenuItem>
      {workspace.me.session.deviceClass === 'wallDisplay' ? null : (
        <MenuItem icon={<LockKeyhole aria-hidden />} shortcut="Ctrl Shift L" onSelect={() => void lockNow(signedIn)}>
          Lock now
        </MenuItem>
      )}
      <MenuItem icon={<LogOut aria-hidden />} onSelect={() => void signedIn.signOut()}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
