export interface ControlParts {
  /** `rtsp://host:port` as we dial it. */
  readonly origin: string;
  /** The URL that DESCRIBE was sent to. */
  readonly requestUrl: string;
  readonly contentBase: string | undefined;
  readonly control: string | undefined;
  readonly aggregateControl: string | undefined;
}

/** The URL to set a track up, and the one that names the whole for PLAY. */
export interface ControlUrls {
  readonly track: string;
  readonly aggregate: string;
}

/** With `s` the rest is whatever comes: a line separator in it would otherwise be tried again from every character. */
const absolute = /^rtspu?:\/\/[^/?#]*(.*)$/is;

/**
 * Where a track can be set up, most likely first. The RFC's rule is one thing, what cameras mean by it another: a
 * Content-Base that names an address nobody can reach, a control with a slash too many, a base without its slash. So
 * what one URL is refused for is tried with the next. The host is ours in all of them: what a camera says about it only
 * ever chooses a path.
 */
export function controlUrls({
  origin,
  requestUrl,
  contentBase,
  control,
  aggregateControl,
}: ControlParts): ControlUrls[] {
  const bases = [requestUrl];
  const basePath = pathOf(contentBase);
  if (basePath !== undefined && basePath.length > 1) bases.unshift(origin + basePath);
  const urls = bases.flatMap((base) => {
    const aggregate = aggregateOf(base, origin, aggregateControl);
    return tracksOf(base, origin, control).map((track) => ({ track, aggregate }));
  });
  const tracks = urls.map(({ track }) => track);
  return urls.filter(({ track }, index) => tracks.indexOf(track) === index);
}

function tracksOf(base: string, origin: string, control: string | undefined): string[] {
  if (control === undefined || control === '*') return [base];
  const path = pathOf(control);
  if (path !== undefined) return [origin + path];
  const joined = joinUrl(base, control.replace(/^\/+/, ''));
  return control.startsWith('/') ? [joined, origin + control] : [joined];
}

function aggregateOf(base: string, origin: string, control: string | undefined): string {
  if (control === undefined || control === '*') return base;
  const path = pathOf(control);
  return path === undefined ? joinUrl(base, control.replace(/^\/+/, '')) : origin + path;
}

/** Text is appended, also behind a query: that is what cameras expect, whatever RFC 3986 says. */
function joinUrl(base: string, control: string): string {
  return base.endsWith('/') || control.startsWith('?') ? base + control : `${base}/${control}`;
}

/** Path and query of an absolute URL, made safe for a request line; undefined when it is none. */
function pathOf(url: string | undefined): string | undefined {
  const path = url === undefined ? undefined : absolute.exec(url.trim())?.[1];
  if (path === undefined || /[^\x21-\x7e]/.test(path)) return undefined;
  return path.startsWith('/') ? path : `/${path}`;
}
