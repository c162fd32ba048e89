/** A line of the audit log as figures are counted from it: what stands in its leaf, and nothing about a person. */
export interface LogLine {
  /** ISO 8601 in UTC with milliseconds. */
  at: string;
  type: string;
  outcome: 'done' | 'refused';
  targetId: string | null;
  details: Readonly<Record<string, unknown>>;
}
