import type { Permission } from '@commonsight/types/permission';
import {
  Cctv,
  Clock4,
  EyeOff,
  FileSearch,
  FileVideo,
  type LucideIcon,
  MapPinHouse,
  ScanSearch,
  ScrollText,
  ShieldCheck,
  Store,
  UserRoundCog,
  UsersRound,
} from 'lucide-react';

/**
 * The pages beside the wall, in the order of the menu, with the permission that opens each; null: everybody who is
 * signed in.
 */
export const pages = [
  { to: '/search', label: 'What saw this?', icon: ScanSearch, permission: 'registry.read' },
  { to: '/footage-requests', label: 'Footage requests', icon: FileVideo, permission: 'footage.read' },
  { to: '/supervisor', label: 'Supervise viewings', icon: ShieldCheck, permission: 'viewing.supervise' },
  { to: '/working-hours', label: 'Working hours', icon: Clock4, permission: 'shift.administer' },
  { to: '/withheld', label: 'Withheld numbers', icon: EyeOff, permission: 'ledger.withhold' },
  { to: '/people', label: 'People', icon: UsersRound, permission: 'user.administer' },
  { to: '/registry-area', label: 'Registry', icon: MapPinHouse, permission: 'registry.administer' },
  { to: '/sites', label: 'Sites and cameras', icon: Cctv, permission: 'relay.administer' },
  { to: '/owner-links', label: 'Links for owners', icon: Store, permission: 'site.administer' },
  { to: '/auditor', label: 'Audit log', icon: FileSearch, permission: 'audit.read' },
  { to: '/policy', label: 'Policy', icon: ScrollText, permission: null },
  { to: '/account', label: 'Your account', icon: UserRoundCog, permission: null },
] as const satisfies readonly { to: string; label: string; icon: LucideIcon; permission: Permission | null }[];

/** The pages that somebody may open. */
export function pagesFor(can: (permission: Permission) => boolean) {
  return pages.filter(({ permission }) => permission === null || can(permission));
}
