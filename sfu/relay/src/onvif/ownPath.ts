const defaultPorts = { http: 80, rtsp: 554 } as const;

/**
 * Port and path of a URL that a camera gave for itself; undefined when it leads anywhere else than to the camera. A name
 * and a password in it are passed over: the camera is told what a person entered.
 */
export function ownPath(
  text: string,
  scheme: 'http' | 'rtsp',
  hosts: readonly string[],
): { port: number; path: string } | undefined {
  const pattern = /^([a-z]+):\/\/(?:[^/?#@\\]*@)?(\[[^\]/?#]*\]|[^/?#:@\\]*)(?::(\d{1,5}))?([/?][^#]*)?(?:#.*)?$/i;
  const [, given = '', host = '', port, rest = '/'] = pattern.exec(text.trim()) ?? [];
  if (given.toLowerCase() !== scheme) return undefined;
  const name = host.replaceAll(/^\[|\]$/g, '').toLowerCase();
  if (name === '' || !hosts.some((own) => own.toLowerCase() === name)) return undefined;
  const number = port === undefined ? defaultPorts[scheme] : Number(port);
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  if (number < 1 || number > 65_535 || path.length > 500 || !/^[\x21-\x7e]+$/.test(path)) return undefined;
  return { port: number, path };
}
