import { EventEmitter, once } from 'node:events';

interface Subscription {
  readonly id: number;
  readonly queue: string[];
  expiresAtMs: number;
}

export interface InputsSettings {
  /** Tokens of its digital inputs; all are off at first. */
  readonly tokens: readonly string[];
  /** The camera gives no subscription a longer life, in milliseconds. */
  readonly longestLifeMs?: number;
}

const topicOfInputs = 'tns1:Device/Trigger/DigitalInput';

/** What ONVIF's event service knows of the digital inputs of a camera: their states, and who has subscribed to them. */
export class SimulatedInputs {
  readonly #settings: InputsSettings;
  readonly #states: Map<string, boolean>;
  readonly #subscriptions = new Map<number, Subscription>();
  readonly #changes = new EventEmitter();
  #lastId = 0;

  constructor(settings: InputsSettings) {
    this.#settings = settings;
    this.#states = new Map(settings.tokens.map((token) => [token, false]));
    // One for each question that is kept open.
    this.#changes.setMaxListeners(0);
  }

  get subscriptions(): number {
    return this.#subscriptions.size;
  }

  /** The contact closes or opens. */
  set(token: string, isOn: boolean): void {
    if (!this.#states.has(token)) throw new Error(`The camera has no input ${token}.`);
    this.#states.set(token, isOn);
    for (const { queue } of this.#subscriptions.values()) queue.push(message(token, isOn, 'Changed'));
    this.#changes.emit('change');
  }

  /** As when the camera was started again: it knows no subscription any more. */
  forget(): void {
    this.#subscriptions.clear();
    this.#changes.emit('change');
  }

  /** Answers a question of the event service; undefined for one that it refuses, and for what is none of its questions. */
  async answer(question: string, text: string, where: { url: string; own: string }): Promise<string | undefined> {
    if (question === 'CreatePullPointSubscription') return this.#subscribe(text, where.own);
    const subscription = this.#find(where.url, text);
    if (subscription === undefined) return undefined;
    switch (question) {
      case 'PullMessages':
        return this.#pull(subscription, spanOf(text, 'Timeout'));
      case 'Renew':
        subscription.expiresAtMs = Date.now() + this.#life(text);
        return `<n:RenewResponse>${termOf(subscription)}</n:RenewResponse>`;
      case 'Unsubscribe':
        this.#subscriptions.delete(subscription.id);
        this.#changes.emit('change');
        return '<n:UnsubscribeResponse/>';
      default:
        return undefined;
    }
  }

  #subscribe(text: string, own: string): string | undefined {
    if (!text.includes(topicOfInputs)) return undefined;
    this.#lastId += 1;
    const queue = [...this.#states].map(([token, isOn]) => message(token, isOn, 'Initialized'));
    const subscription = { id: this.#lastId, queue, expiresAtMs: Date.now() + this.#life(text) };
    this.#subscriptions.set(subscription.id, subscription);
    return (
      '<e:CreatePullPointSubscriptionResponse><e:SubscriptionReference>' +
      `<w:Address>${own}/onvif/events</w:Address><w:ReferenceParameters>` +
      `<x:SubscriptionId xmlns:x="urn:example:events">${subscription.id}</x:SubscriptionId></w:ReferenceParameters>` +
      `</e:SubscriptionReference>${termOf(subscription)}</e:CreatePullPointSubscriptionResponse>`
    );
  }

  /** By the parameter that it gave: it has to come back in the header, in its namespace. */
  #find(url: string, text: string): Subscription | undefined {
    const [, id] =
      /<(\w+):SubscriptionId xmlns:\1="urn:example:events">(\d+)<\/\1:SubscriptionId>/.exec(text)?.slice(1) ?? [];
    const subscription = url === '/onvif/events' ? this.#subscriptions.get(Number(id)) : undefined;
    if (subscription === undefined || subscription.expiresAtMs > Date.now()) return subscription;
    this.#subscriptions.delete(subscription.id);
    return undefined;
  }

  async #pull(subscription: Subscription, waitMs: number): Promise<string | undefined> {
    if (subscription.queue.length === 0) {
      await once(this.#changes, 'change', { signal: AbortSignal.timeout(waitMs) }).catch(() => undefined);
    }
    if (!this.#subscriptions.has(subscription.id)) return undefined;
    const messages = subscription.queue.splice(0).join('');
    return `<e:PullMessagesResponse>${termOf(subscription)}${messages}</e:PullMessagesResponse>`;
  }

  #life(text: string): number {
    const asked = spanOf(text, 'TerminationTime');
    return Math.min(asked, this.#settings.longestLifeMs ?? asked);
  }
}

/** In milliseconds, of an element that ends with this name. */
function spanOf(text: string, name: string): number {
  return Number(new RegExp(`${name}>PT(\\d+)S<`).exec(text)?.[1] ?? 1) * 1_000;
}

function termOf({ expiresAtMs }: Subscription): string {
  const moment = (ms: number) => new Date(ms).toISOString();
  return (
    `<n:CurrentTime>${moment(Date.now())}</n:CurrentTime>` +
    `<n:TerminationTime>${moment(expiresAtMs)}</n:TerminationTime>`
  );
}

function message(token: string, isOn: boolean, operation: 'Initialized' | 'Changed'): string {
  return (
    `<n:NotificationMessage><n:Topic Dialect="http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet">${topicOfInputs}` +
    `</n:Topic><n:Message><t:Message UtcTime="${new Date().toISOString()}" PropertyOperation="${operation}">` +
    `<t:Source><t:SimpleItem Name="InputToken" Value="${token}"/></t:Source>` +
    `<t:Data><t:SimpleItem Name="LogicalState" Value="${isOn}"/></t:Data></t:Message></n:Message></n:NotificationMessage>`
  );
}
