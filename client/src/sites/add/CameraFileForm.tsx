import { type CameraCells, cameraColumns, mostFileCameras } from '@commonsight/types/relay/camera-file';
import { longestCameraFile } from '@commonsight/types/relay/camera-table';
import { useId, useState } from 'react';
import { FormError } from '../../session/FormError.tsx';
import { Button } from '../../ui/Button.tsx';
import { downloadText } from '../../ui/downloadText.ts';
import { TextField } from '../../ui/Field.tsx';
import { Section } from '../../ui/Section.tsx';
import { cameraTemplate, decodeCameraFile, readCameraFile } from './readCameraFile.ts';

/** Takes the lines of a CSV file, or pasted ones. The file stays in this browser. */
export function CameraFileForm({ onRead }: { onRead: (lines: CameraCells[]) => void }) {
  const id = useId();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);

  function take(csv: string): void {
    const file = readCameraFile(csv);
    setProblem(file.problem);
    if (file.problem !== null) return;
    setText('');
    onRead(file.lines);
  }

  async function open(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    if (file.size > longestCameraFile) {
      setProblem(`The file is larger than 1 MB. A file has at most ${String(mostFileCameras)} cameras.`);
      return;
    }
    // It rejects for a file that was changed or taken away after it was chosen.
    const bytes = await file.arrayBuffer().catch(() => null);
    if (bytes === null) {
      setProblem('The file could not be read. Choose it again.');
      return;
    }
    const csv = decodeCameraFile(bytes);
    if (csv === null) setProblem('The file is not in UTF-8. Save the table as CSV (UTF-8).');
    else take(csv);
  }

  return (
    <Section
      title="Cameras of a file"
      description={`One camera a line, under a heading with the columns. Name and host are needed. Without main and sub the streams are asked of the camera by ONVIF. Columns: ${cameraColumns.join(', ')}.`}
      action={<Button onClick={() => downloadText('cameras.csv', cameraTemplate)}>Template</Button>}
    >
      <div className="mt-4 flex flex-col gap-4">
        <label htmlFor={`${id}-file`} className="flex flex-col gap-1 text-xs font-medium text-muted">
          CSV file
          <input
            id={`${id}-file`}
            type="file"
            accept=".csv,text/csv,text/plain"
            className="w-full text-text file:mr-3 file:h-7.5 file:rounded-md file:border-0 file:bg-surface-3 file:px-3 file:text-text"
            onChange={({ currentTarget }) => {
              void open(currentTarget.files?.[0]);
              currentTarget.value = '';
            }}
          />
        </label>
        <TextField
          label="Or paste lines, with the heading"
          rows={5}
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <FormError>{problem}</FormError>
        <Button className="self-start" look="primary" disabled={text.trim() === ''} onClick={() => take(text)}>
          Read lines
        </Button>
      </div>
    </Section>
  );
}
