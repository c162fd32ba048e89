import type { Tile } from '@commonsight/types/wall';
import { MoreVertical } from 'lucide-react';
import { lazy } from 'react';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu } from '../ui/Menu.tsx';

const TileMenuItems = lazy(async () => ({ default: (await import('./TileMenuItems.tsx')).TileMenuItems }));

/** Everything that can be done with a tile, in words: the twin of every drag. */
export function TileMenu({ tile, name }: { tile: Tile; name: string }) {
  return (
    <Menu
      align="end"
      side="top"
      trigger={
        <IconButton size="sm" label={`More for ${name}`}>
          <MoreVertical aria-hidden />
        </IconButton>
      }
    >
      <TileMenuItems tile={tile} />
    </Menu>
  );
}
