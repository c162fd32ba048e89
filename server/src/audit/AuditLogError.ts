/** The stored audit log is not what was signed, or cannot be signed. The message tells the operator what is wrong. */
export class AuditLogError extends Error {
  override name = 'AuditLogError';
}
