/** What stands in place of the owner's page while there is no connection. It is the worker's own text: nothing is kept. */
const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>No connection · Commonsight</title>
<style>
body { margin: 0; padding: 2rem 1rem; font: 1rem/1.5 system-ui, sans-serif; color: #10202e; background: #f6f8fa }
main { max-width: 36rem; margin: 0 auto }
h1 { font-size: 1.25rem }
button { padding: .75rem 1.25rem; border: 0; border-radius: .5rem; font: inherit; color: #fff; background: #04649a }
</style>
<main>
<h1>No connection</h1>
<p>What you share, and who is looking, cannot be read now. Nothing of it is kept on this device, so that nothing old is shown
as if it were so.</p>
<p>Your relay goes on by what you saved last. An alert that runs ends at its time; none can be begun from here until there is
a connection. The button at the site and the relay’s own console work without it.</p>
<p><strong>In an emergency call the emergency number.</strong></p>
<p><button type="button">Try again</button></p>
</main>
<script nonce="offline">
// Unlike a link, this keeps what stands behind the # of the address.
const again = () => location.reload();
document.querySelector('button').addEventListener('click', again);
// A device says "online" before its connection carries anything, so that the server's own answer is waited for.
const look = () => document.hidden || fetch('/api/health', { cache: 'no-store' }).then(again, () => {});
addEventListener('online', look);
setInterval(look, 5000);
</script>
</html>`;

export function offlinePage(): Response {
  return new Response(page, {
    status: 503,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      // Nobody's text comes into this page, so that its own script may have a nonce that everybody knows.
      'content-security-policy': [
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "script-src 'nonce-offline'",
        "connect-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
    },
  });
}
