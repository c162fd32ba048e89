import type { Logger } from 'pino';
import type { ListenAddress } from '../config.ts';
import { type KeptDoor, keepOpening } from '../local-door/keepOpening.ts';
import { PairingCode } from '../sharing/PairingCode.ts';
import { SharingFolder } from '../sharing/SharingFolder.ts';
import { OwnerPage } from './OwnerPage.ts';
import { PageCodes } from './PageCodes.ts';

/** Shows the page for pairing where the relay's owner wants it. */
export async function openOwnerPage(options: {
  readonly folder: string;
  readonly relayId: string;
  readonly siteName: string;
  readonly listen: ListenAddress | null;
  readonly log: Logger;
}): Promise<KeptDoor | null> {
  const { listen, siteName, log } = options;
  if (listen === null) return null;
  const folder = new SharingFolder(options.folder, options.relayId);
  // Once for each start of the relay, however often the address has to be tried.
  const codes = new PageCodes({ folder, code: new PairingCode(folder.path), log });
  return keepOpening(
    () => OwnerPage.open({ ...listen, siteName, codes, log }),
    (error) => {
      log.error({ err: error, ...listen }, 'the page for pairing is not shown yet, the address is tried again in 5 s');
    },
  );
}
