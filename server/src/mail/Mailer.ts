/** A text mail to one address. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  /** Of a mail that comes again and again: where one request without any sign-in stops it (RFC 8058). */
  unsubscribeUrl?: string;
  /** It is not handed over again by itself when the connection breaks meanwhile: a mail server may have taken it. */
  isOnce?: boolean;
}

/** Takes a mail over; rejects when it could not. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
  /** Ends its connections. Idempotent. */
  close(): void;
}
