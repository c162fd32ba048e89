import { v7 } from 'uuid';

/**
 * A new id: UUID version 7 (RFC 9562), so that ids of one table sort by their time of creation and their index grows
 * at one end. Ids of one millisecond sort in the order in which this process made them (section 6.2): lines that one
 * act writes at one time are listed in their order by it.
 */
export function newId(): string {
  return v7();
}
