import { createHash } from 'node:crypto';
import type { PageState } from './PageCodes.ts';

const style = `
:root { color-scheme: light dark; }
body { margin: 0; padding: 1.5rem; font: 1.125rem/1.5 system-ui, sans-serif; color: #16191d; background: #fff; }
main { max-width: 36rem; margin: 0 auto; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; }
.code { font: 700 1.75rem/1.5 ui-monospace, monospace; margin: 1rem 0; padding: 0.75rem; border: 2px solid #16191d; border-radius: 0.5rem; }
button { min-height: 3rem; padding: 0 1.25rem; font: inherit; font-weight: 600; color: #fff; background: #1a4f8b; border: 0; border-radius: 0.5rem; }
:focus-visible { outline: 3px solid #1a4f8b; outline-offset: 3px; }
@media (prefers-color-scheme: dark) {
  body { color: #e8ebef; background: #15181c; }
  .code { border-color: #e8ebef; }
  button { color: #10151b; background: #8fc1f5; }
  :focus-visible { outline-color: #8fc1f5; }
}
`;

/** All that the page may load or send: this style, and its own form. */
export const pairingPagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** The page as HTML, without a script. `token` comes back with the press. */
export function pairingPage({ siteName, state, token }: { siteName: string; state: PageState; token: string }): string {
  return page(`<p>Relay of <strong>${escape(siteName)}</strong>.</p>${contentOf(state, token)}`);
}

/** A page that says one sentence. `here` is where the real one is. */
export function refusalPage(sentence: string, here: string): string {
  return page(`<p>${escape(sentence)}</p><p><a href="${escape(here)}">${escape(here)}</a></p>`);
}

function page(content: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pairing code - Commonsight relay</title><style>${style}</style></head>
<body><main><h1>Pairing code</h1>${content}</main></body>
</html>
`;
}

function contentOf(state: PageState, token: string): string {
  switch (state.is) {
    case 'ready':
      return `<p>No owner is paired with this relay yet: every camera is shared. Whoever types the pairing code on the owner’s
page decides what this site shares. Press only if you are the owner.</p>
<form method="post" action="/code"><input type="hidden" name="token" value="${token}"><button>Show a pairing code</button></form>`;
    case 'shown':
      return `<p>Type this on the owner’s page within ${minutes(state.forMinutes)}. It is good for one try.</p>
<p class="code">${escape(state.code)}</p>
<p>Tell it to nobody. Leave this page open until you have typed it.</p>`;
    case 'running':
      return state.from === null
        ? `<p>A pairing code runs that is shown at the relay’s console. It ends in ${minutes(state.forMinutes)}; reload this page then.</p>`
        : `<p>A pairing code was asked for here by ${escape(state.from)}, and is shown there alone. It ends in
${minutes(state.forMinutes)}; reload this page then.</p>
<p>If that was nobody of yours, find out which device has this address before you go on.</p>`;
    case 'closed':
      return `<p>Codes are made here in the first hour after the relay’s start alone, and ten at most. Switch the relay off and on, and
open this page again; or run <code>relay owner code</code> at its console.</p>`;
    case 'paired':
      return `<p>An owner is paired. The keys that the relay trusts are called:</p><ul>${state.keyNames
        .map((name) => `<li><strong>${escape(name)}</strong></li>`)
        .join('')}</ul>
<p>Your own browser shows the name of its key on the owner’s page. If none of these is yours, somebody else has taken control: run
<code>relay owner list</code> at the console.</p>
<p>To pair one more browser, run <code>relay owner code --page</code> at the relay’s console: the code stands here then.</p>`;
    case 'unknown':
    default:
      return '<p>The relay cannot read who its owner is. Run <code>relay owner list</code> at its console, which says why.</p>';
  }
}

function minutes(count: number): string {
  return count === 1 ? 'one minute' : `${count} minutes`;
}

function escape(text: string): string {
  const signs: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replaceAll(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}
