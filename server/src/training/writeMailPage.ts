/** A page of mails as they were written to files, in their order, with their links to be pressed. */
export function writeMailPage(mails: readonly string[]): string {
  const shown = mails.map((mail) => `<li><pre>${withLinks(mail.trimEnd())}</pre></li>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mails of the training city</title>
<style>
body { margin: 0 auto; max-width: 48rem; padding: 1rem; font: 1.125rem/1.5 system-ui, sans-serif; color: #17202a; background: #f6f7f9; }
h1 { font-size: 1.5rem; }
ol { list-style: none; margin: 0; padding: 0; }
li { margin: 1rem 0; padding: 1rem; background: #fff; border: 1px solid #8592a3; border-radius: 0.5rem; }
pre { margin: 0; font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; }
a { display: inline-block; padding: 0.5rem 0; color: #0b57a4; }
</style>
</head>
<body>
<main>
<h1>Mails of the training city</h1>
<p>Everything here is synthetic, and nobody is mailed. The newest is the first; most links open once.</p>
${shown.length === 0 ? '<p>There is no mail yet. Reload this page when one is on its way.</p>' : `<ol>\n${shown.join('\n')}\n</ol>`}
</main>
</body>
</html>
`;
}

/** Everything is escaped; of what is left, addresses of pages become links. */
function withLinks(text: string): string {
  return escaped(text).replaceAll(/https?:\/\/[^\s<>"']+/g, (address) => {
    // A full stop at the end is the sentence's.
    const [, link = '', rest = ''] = /^(.*?)([.,;:!?)]*)$/.exec(address) ?? [];
    return `<a href="${link}">${link}</a>${rest}`;
  });
}

function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replaceAll(/[&<>"']/g, (sign) => names[sign] ?? '');
}
