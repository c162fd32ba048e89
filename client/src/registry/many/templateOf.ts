import Papa from 'papaparse';
import type { Messages } from '../../language/messages/messages.ts';
import { type Column, columns } from './columns.ts';

/** A file with the headings and one camera as an example, in the person's words. */
export function templateOf({ many, kind, placement, covers, recording }: Messages): string {
  const example: Record<Column, string> = {
    kind: kind.business,
    placement: placement.outdoor,
    address: '12 Harbor St',
    latitude: '43.0395',
    longitude: '-87.9065',
    direction: '90',
    width: '90',
    range: '30',
    covers: `${covers.street}; ${covers.entrance}`,
    days: '14',
    recording: recording.always,
    clock: '0',
  };
  return Papa.unparse({
    fields: columns.map((column) => many.columns[column]),
    data: [columns.map((column) => example[column])],
  });
}
