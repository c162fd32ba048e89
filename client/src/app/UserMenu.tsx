import { useLocation, useNavigate, useRouteContext } from '@tanstack/react-router';
import { LockKeyhole, LogOut } from 'lucide-react';
import type { ReactNode } from 'react';
import { lockNow } from '../session/useSessionLock.ts';
import { initialsOf } from '../ui/initialsOf.ts';
import { Menu, MenuItem, MenuSeparator } from '../ui/Menu.tsx';
import { roleNames } from '../ui/words.ts';
import { pagesFor } from './pages.ts';
import { useWorkspace } from './WorkspaceContext.ts';

/** On every page: where its user may go, and the way out. `children` are items of the page itself. */
export function UserMenu({ children }: { children?: ReactNode }) {
  const workspace = useWorkspace();
  const { signedIn } = useRouteContext({ from: '/signedIn' });
  const navigate = useNavigate();
  const here = useLocation({ select: ({ pathname }) => pathname });
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
      <div className="max-w-72 px-2 pt-1 pb-2 wrap-anywhere">
        <div className="font-semibold text-text">{user.name}</div>
        <div className="text-xs text-muted">
          {roleNames[user.role]}, {agency.name}
        </div>
      </div>
      <MenuSeparator />
      {pagesFor((permission) => workspace.can(permission)).map(({ to, label, icon: Icon }) => (
        <MenuItem
          key={to}
          icon={<Icon aria-hidden />}
          {...(to === here ? { hint: 'here' } : {})}
          onSelect={() => void navigate({ to })}
        >
          {label}
        </MenuItem>
      ))}
      <MenuSeparator />
      {children}
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
