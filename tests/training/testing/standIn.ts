// A stand-in for a process of the stack: listens on PORT, answers with its pid, and ends on SIGTERM unless it is stubborn.
import { createServer } from 'node:http';

if (process.env['FAILS']) {
  console.log(JSON.stringify({ level: 60, msg: 'The setting FAILS is wrong.' }));
  process.exit(1);
}
process.on('SIGTERM', () => {
  if (!process.env['STUBBORN']) process.exit(0);
});
createServer((_request, response) => response.end(String(process.pid))).listen(
  Number(process.env['PORT']),
  '127.0.0.1',
);
