import { describe, expect, it } from 'vitest';
import { fromDragRecord, parseDragSource, toDragRecord } from './DragSource.ts';

const id = '0192f0c1-0000-7000-8000-000000000001';
const camera = { kind: 'camera', cameraId: id, name: 'Market North' } as const;

describe('drag sources', () => {
  it('survive the way through the drag library, and foreign drags are none of ours', () => {
    expect(fromDragRecord(toDragRecord(camera))).toEqual(camera);
    expect(fromDragRecord({ kind: 'camera', cameraId: id })).toBeNull();
  });

  it('are checked when they come from another window', () => {
    expect(parseDragSource(JSON.stringify(camera))).toEqual(camera);
    expect(parseDragSource('{"kind":"camera","cameraId":"../admin","name":""}')).toBeNull();
    expect(parseDragSource('not JSON')).toBeNull();
    expect(parseDragSource(null)).toBeNull();
  });
});
