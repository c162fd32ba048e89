import { connect } from 'node:net';

const answerTimeoutMs = 2_000;

/** Sends text to a loopback port and returns the first piece of the answer. */
function ask(port: number, question: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.setTimeout(answerTimeoutMs, () => socket.destroy(new Error('no answer')));
    socket.once('connect', () => socket.write(question));
    socket.once('data', (answer) => {
      socket.destroy();
      resolve(answer.toString());
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('no answer')));
  });
}

/** While Redis reads its file it answers LOADING. */
export async function redisAnswers(port: number, password: string): Promise<boolean> {
  return (await ask(port, `AUTH ${password}\r\nPING\r\n`)).includes('+OK');
}

export async function rtspAnswers(port: number): Promise<boolean> {
  return (await ask(port, 'OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n')).startsWith('RTSP/1.0 ');
}
