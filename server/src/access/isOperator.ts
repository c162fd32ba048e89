import type { Role } from '@commonsight/types/permission';

/** Whether a supervisor may act on somebody of this role: administrators and auditors stand outside of that. */
export function isOperator(role: Role): boolean {
  return role !== 'administrator' && role !== 'auditor';
}
