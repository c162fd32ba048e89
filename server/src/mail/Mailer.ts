/** A text mail to one address. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** Takes a mail over; rejects when it could not. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
  /** Ends its connections. Idempotent. */
  close(): void;
}
