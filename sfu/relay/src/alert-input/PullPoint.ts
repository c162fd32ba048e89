import { randomUUID } from 'node:crypto';
import type { OnvifAnswer, OnvifClient } from '../onvif/OnvifClient.ts';
import { all, textOf, type XmlNode } from '../onvif/readXml.ts';
import { escapeXml } from '../onvif/soap.ts';
import { CameraError } from '../rtsp/CameraError.ts';
import { type InputEvent, inputTopic, readInputEvents } from './readInputEvents.ts';
import { referenceParameters } from './referenceParameters.ts';

const events = 'http://www.onvif.org/ver10/events/wsdl';
const notification = 'http://docs.oasis-open.org/wsn/b-2';
const subscribing = 'http://docs.oasis-open.org/wsn/bw-2/SubscriptionManager';
const addressing = 'http://www.w3.org/2005/08/addressing';
const topics = 'http://www.onvif.org/ver10/topics';
const dialect = 'http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet';

/** For so long a subscription is asked for, as a span, so that no clock has to be right. A camera may give less. */
const subscriptionMs = 60_000;
const shortestSubscriptionMs = 2_000;
/** The camera keeps a question open for so long while it has nothing to say. */
const longestPullMs = 5_000;
const mostMessages = 20;
/** Answers with some more messages than were asked for, of a camera with many names, have some 50 kB. */
const longestAnswer = 64 * 1024;
/** For the goodbye of a relay that closes. */
const unsubscribeTimeoutMs = 2_000;

const noSubscription =
  'Camera gives no events of its inputs over ONVIF. Allow its user events, or use the webhook for this button.';

const span = (ms: number): string => `PT${Math.max(1, Math.floor(ms / 1_000))}S`;

/** A subscription to the digital inputs of one camera (ONVIF Core, 9.2: real-time pull-point interface). */
export class PullPoint {
  readonly #client: OnvifClient;
  readonly #path: string;
  /** As the camera gave it, for the header. */
  readonly #address: string;
  readonly #parameters: string;
  readonly #answerTimeoutMs: number;
  #lifeMs: number;
  #renewedAtMs = performance.now();

  /** Subscribes. Throws `CameraError`. */
  static async open(client: OnvifClient, answerTimeoutMs: number): Promise<PullPoint> {
    const service = await client.findService('Events');
    const asked = client.exchange(
      service,
      `<e:CreatePullPointSubscription xmlns:e="${events}"><e:Filter>` +
        `<n:TopicExpression xmlns:n="${notification}" xmlns:tns1="${topics}" Dialect="${dialect}">` +
        `tns1:${inputTopic}</n:TopicExpression></e:Filter>` +
        `<e:InitialTerminationTime>${span(subscriptionMs)}</e:InitialTerminationTime></e:CreatePullPointSubscription>`,
      { header: header(`${events}/EventPortType/CreatePullPointSubscriptionRequest`, undefined, '') },
    );
    const answer = await asked.catch((error: unknown) => {
      if (!(error instanceof CameraError) || error.fault !== 'refused') throw error;
      throw new CameraError('refused', noSubscription, { cause: error });
    });
    const [reference] = all(answer.body, 'CreatePullPointSubscriptionResponse', 'SubscriptionReference');
    const address = textOf(reference, ['Address'], 1_000);
    const path = client.ownService(address, noSubscription);
    const lifeMs = lifeOf(answer.body, 'CreatePullPointSubscriptionResponse');
    return new PullPoint(client, { path, address: address ?? '', answer, answerTimeoutMs, lifeMs });
  }

  private constructor(
    client: OnvifClient,
    made: { path: string; address: string; answer: OnvifAnswer; answerTimeoutMs: number; lifeMs: number },
  ) {
    this.#client = client;
    this.#path = made.path;
    this.#address = made.address;
    this.#parameters = referenceParameters(made.answer.text);
    this.#answerTimeoutMs = made.answerTimeoutMs;
    this.#lifeMs = made.lifeMs;
  }

  /** Waits until the camera has something to say of its inputs, or for a while. Renews the subscription when it is time. */
  async pull(): Promise<{ readonly events: InputEvent[]; readonly readMs: number }> {
    if (performance.now() - this.#renewedAtMs >= this.#lifeMs / 2) await this.#renew();
    const waitMs = Math.min(longestPullMs, this.#lifeMs / 4);
    const { body, readMs } = await this.#ask(
      `${events}/PullPointSubscription/PullMessagesRequest`,
      `<e:PullMessages xmlns:e="${events}"><e:Timeout>${span(waitMs)}</e:Timeout>` +
        `<e:MessageLimit>${mostMessages}</e:MessageLimit></e:PullMessages>`,
      { answerTimeoutMs: longestPullMs + this.#answerTimeoutMs },
    );
    if (all(body, 'PullMessagesResponse').length === 0) throw new CameraError('refused', noSubscription);
    return { events: readInputEvents(body), readMs };
  }

  /** Cameras keep few subscriptions; one that cannot be told forgets it by itself. Never throws. */
  async close(): Promise<void> {
    const signal = AbortSignal.timeout(unsubscribeTimeoutMs);
    await this.#ask(`${subscribing}/UnsubscribeRequest`, `<n:Unsubscribe xmlns:n="${notification}"/>`, {
      signal,
    }).catch(() => undefined);
  }

  /** Makes it last from now on for its whole time again. */
  async #renew(): Promise<void> {
    this.#renewedAtMs = performance.now();
    const { body } = await this.#ask(
      `${subscribing}/RenewRequest`,
      `<n:Renew xmlns:n="${notification}"><n:TerminationTime>${span(subscriptionMs)}</n:TerminationTime></n:Renew>`,
    );
    this.#lifeMs = lifeOf(body, 'RenewResponse');
  }

  #ask(action: string, body: string, options: { answerTimeoutMs?: number; signal?: AbortSignal } = {}) {
    return this.#client.exchange(this.#path, body, {
      header: header(action, this.#address, this.#parameters),
      longestAnswer,
      ...options,
    });
  }
}

/** WS-Addressing 1.0. Many cameras tell their subscriptions apart by `To` alone, and some need the action. */
function header(action: string, to: string | undefined, parameters: string): string {
  const address = to === undefined ? '' : `<a:To xmlns:a="${addressing}">${escapeXml(to)}</a:To>`;
  return (
    `<a:Action xmlns:a="${addressing}" s:mustUnderstand="1">${action}</a:Action>` +
    `<a:MessageID xmlns:a="${addressing}">urn:uuid:${randomUUID()}</a:MessageID>${address}${parameters}`
  );
}

/** How long the camera lets it last, by its own two moments; what it asked for when it does not say. */
function lifeOf(body: XmlNode, response: string): number {
  const moment = (name: string) => Date.parse(textOf(body, [response, name], 40) ?? '');
  const givenMs = moment('TerminationTime') - moment('CurrentTime');
  if (!Number.isFinite(givenMs) || givenMs <= 0) return subscriptionMs;
  return Math.min(subscriptionMs, Math.max(shortestSubscriptionMs, givenMs));
}
