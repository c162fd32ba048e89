import { picturesOf, type ReceivedPacket, typesOf } from './RtpRecord.ts';

const idr = 5;
const parameterSets = [7, 8];

/**
 * What packets that came over an uplink do not keep to, in words; nothing when they are as browsers and mediasoup want
 * them. `packets` begins with the first packet that was ever received and holds whole pictures, except the last.
 */
export function findBreaches(packets: readonly ReceivedPacket[]): string[] {
  const breaches: string[] = [];
  const say = (isBroken: boolean, breach: string) => {
    if (isBroken && !breaches.includes(breach)) breaches.push(breach);
  };
  for (const [index, packet] of packets.entries()) {
    const before = packets[index - 1];
    const { playoutDelay } = packet;
    say(packet.bytes > 1_200, 'a packet has more than 1200 bytes');
    say(playoutDelay?.minMs !== 0 || playoutDelay.maxMs !== 100, 'a packet has no playout delay of 0 to 100 ms');
    say(
      typesOf(packet).some((type) => ![1, idr, ...parameterSets].includes(type)),
      'a packet is no picture',
    );
    if (before === undefined) continue;
    say(packet.ssrc !== before.ssrc, 'the SSRC changed');
    say(packet.sequenceNumber !== ((before.sequenceNumber + 1) & 0xffff), 'a sequence number is missing');
    const step = (packet.timestamp - before.timestamp) | 0;
    say(step < 0, 'a timestamp went back');
    say(step > 90_000 * 12, 'a timestamp jumped');
  }
  for (const [index, picture] of picturesOf(packets).slice(0, -1).entries()) {
    const types = picture.map(typesOf);
    const isKeyFrame = types.some((ofPacket) => ofPacket.includes(idr));
    say(index === 0 && !isKeyFrame, 'the first picture is no key frame');
    const isSet = (ofPacket: number[] | undefined) => ofPacket?.some((type) => parameterSets.includes(type)) === true;
    const isBegun = ['7,8', '7,8,8'].includes(types[0]?.join() ?? '');
    say(isKeyFrame && !isBegun, 'a key frame does not begin with one STAP-A of SPS and PPS');
    say(types.slice(isKeyFrame ? 1 : 0).some(isSet), 'parameter sets are where none belong');
    const markers = picture.map(({ hasMarker }) => (hasMarker ? '!' : '.')).join('');
    say(!/^\.*!$/.test(markers), 'the marker bit is not on the last packet of a picture alone');
  }
  return breaches;
}
