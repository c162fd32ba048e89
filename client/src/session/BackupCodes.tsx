import { Download, Printer } from 'lucide-react';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';

/** The one time that backup codes are seen, with ways to keep them. */
export function BackupCodes({ codes }: { codes: readonly string[] }) {
  const text = `${codes.join('\n')}\n`;
  return (
    <div className="flex flex-col gap-3">
      <p className="m-0 text-muted">
        Each of these codes replaces the app once, for the day when the phone is lost. They are shown this one time.
        Keep them on paper or in a password manager, not beside the password.
      </p>
      <ol
        aria-label="Backup codes"
        className="m-0 grid list-none grid-cols-2 gap-x-6 gap-y-1.5 rounded-md bg-surface-0 px-4 py-3 font-mono text-base inset-ring inset-ring-line max-[340px]:grid-cols-1"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={text} label="Copy" />
        <Button onClick={() => download(text)}>
          <Download className="size-4" aria-hidden />
          Download
        </Button>
        <Button onClick={() => print(text)}>
          <Printer className="size-4" aria-hidden />
          Print
        </Button>
      </div>
    </div>
  );
}

const heading = 'Commonsight backup codes. Each works once.';

function download(text: string): void {
  const url = URL.createObjectURL(new Blob([`${heading}\n\n${text}`], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'commonsight-backup-codes.txt';
  link.click();
  URL.revokeObjectURL(url);
}

/** Prints the codes alone: the page around them belongs on no paper. */
function print(text: string): void {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.title = heading;
  document.body.append(frame);
  const page = frame.contentDocument;
  if (page === null || frame.contentWindow === null) return;
  const block = page.createElement('pre');
  block.textContent = `${heading}\n\n${text}`;
  page.body.append(block);
  frame.contentWindow.addEventListener('afterprint', () => frame.remove());
  frame.contentWindow.print();
}
