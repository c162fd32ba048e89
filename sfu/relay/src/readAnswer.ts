import { createInterface } from 'node:readline';

/** Asks, and gives the line that is answered on standard input; empty when there is none. */
export async function readAnswer(question: string): Promise<string> {
  process.stdout.write(question);
  const lines = createInterface({ input: process.stdin });
  try {
    for await (const line of lines) return line.trim();
    return '';
  } finally {
    lines.close();
  }
}
