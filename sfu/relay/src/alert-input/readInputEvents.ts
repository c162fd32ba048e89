import { all, textOf, type XmlNode } from '../onvif/readXml.ts';

/** What a camera says of one of its digital inputs (ONVIF Core, 9.5: a property event). */
export interface InputEvent {
  /** The input's token, as the camera calls it. */
  readonly input: string;
  readonly isActive: boolean;
  /** How the input was when the subscription began, and no change of it. */
  readonly isInitial: boolean;
}

export const inputTopic = 'Device/Trigger/DigitalInput';

/** A device with inputs has a handful, and tells at most as many at once as it was asked for; some add to that. */
const mostMessages = 50;

/** The digital inputs' events of an answer to PullMessages; whatever else a camera tells is passed over. */
export function readInputEvents(body: XmlNode): InputEvent[] {
  return all(body, 'PullMessagesResponse', 'NotificationMessage')
    .slice(0, mostMessages)
    .flatMap((notification) => {
      // Each step of a topic may carry a prefix of its own.
      const topic = (textOf(notification, ['Topic'], 300) ?? '').replaceAll(/[\w.-]+:/g, '');
      const [message] = all(notification, 'Message', 'Message');
      const operation = textOf(message, ['@PropertyOperation'], 20);
      const input = itemOf(message, 'Source', 'InputToken');
      const state = stateOf(itemOf(message, 'Data', 'LogicalState'));
      if (topic !== inputTopic || operation === 'Deleted' || input === undefined || state === undefined) return [];
      // Who does not say that something has changed may be telling how it stands.
      return [{ input, isActive: state, isInitial: operation !== 'Changed' }];
    });
}

function itemOf(message: unknown, part: 'Source' | 'Data', name: string): string | undefined {
  const items = all(message, part, 'SimpleItem');
  const item = items.find((one) => textOf(one, ['@Name'], 100) === name);
  return textOf(item, ['@Value'], 64);
}

/** An xs:boolean. */
function stateOf(text: string | undefined): boolean | undefined {
  switch (text) {
    case 'true':
    case '1':
      return true;
    case 'false':
    case '0':
      return false;
    case undefined:
    default:
      return undefined;
  }
}
