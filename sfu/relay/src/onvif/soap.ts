import { createHash, randomBytes } from 'node:crypto';
import type { Credentials } from '../rtsp/authorise.ts';

const passwordDigest =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest';
const security = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const utility = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';

/** A SOAP 1.2 envelope around a body that is ours and needs no escaping. */
export function envelope(body: string, header = ''): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header>${header}</s:Header>` +
    `<s:Body>${body}</s:Body></s:Envelope>`
  );
}

/** WS-UsernameToken with a password digest (OASIS, WSS UsernameToken Profile 1.0, 3.1). `atMs` is of the camera's clock. */
export function usernameToken({ username, password }: Credentials, atMs: number): string {
  const nonce = randomBytes(16);
  const created = new Date(atMs).toISOString();
  const digest = createHash('sha1').update(nonce).update(created).update(password.reveal()).digest('base64');
  return (
    `<w:Security s:mustUnderstand="1" xmlns:w="${security}" xmlns:u="${utility}"><w:UsernameToken>` +
    `<w:Username>${escapeXml(username)}</w:Username><w:Password Type="${passwordDigest}">${digest}</w:Password>` +
    `<w:Nonce>${nonce.toString('base64')}</w:Nonce><u:Created>${created}</u:Created>` +
    '</w:UsernameToken></w:Security>'
  );
}

export function escapeXml(text: string): string {
  return text.replaceAll(/[<>&"']/g, (character) => `&#${character.codePointAt(0)};`);
}
