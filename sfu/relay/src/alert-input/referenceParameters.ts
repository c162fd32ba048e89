import { unescapeXml } from '../onvif/readXml.ts';
import { escapeXml } from '../onvif/soap.ts';

const longest = 2_000;
const mostParameters = 8;

/**
 * What a camera wants repeated in the header of whatever is asked of a subscription (WS-Addressing 1.0, 2.3), such as
 * Axis' `SubscriptionId`: elements with a text and no children. They are written anew and not copied, so that no answer
 * puts anything else into a request.
 */
export function referenceParameters(answer: string): string {
  const start = /<(?:[\w.-]+:)?ReferenceParameters(?:\s[^<>]*)?>/.exec(answer);
  if (start === null) return '';
  // Cut before anything is looked for in it: what is longer is none, and would be slow to search.
  const rest = answer.slice(start.index + start[0].length).slice(0, longest);
  const end = /<\/(?:[\w.-]+:)?ReferenceParameters>/.exec(rest);
  if (end === null) return '';
  const elements = rest.slice(0, end.index).matchAll(/<(?:([\w.-]+):)?([\w.-]+)((?:\s[^<>]*)?)>([^<>]*)<\/[\w.:-]+>/g);
  return [...elements]
    .slice(0, mostParameters)
    .map(([, prefix, name = '', attributes = '', text = '']) => {
      const value = escapeXml(unescapeXml(text.trim()));
      const namespace = namespaceOf(prefix, attributes) ?? namespaceOf(prefix, answer);
      if (namespace === undefined) return `<${name}>${value}</${name}>`;
      return `<p:${name} xmlns:p="${escapeXml(unescapeXml(namespace))}">${value}</p:${name}>`;
    })
    .join('');
}

function namespaceOf(prefix: string | undefined, text: string): string | undefined {
  const attribute = prefix === undefined ? 'xmlns' : `xmlns:${prefix.replaceAll('.', '\\.')}`;
  return new RegExp(`\\s${attribute}\\s*=\\s*["']([^"'<>]*)["']`).exec(text)?.[1];
}
