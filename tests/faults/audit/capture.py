"""Notes the RTP packets of each stream on the loopback interface, by the kernel's clock, until stdin ends.

Prints "ready"; then for each line on stdin, and at the end, one JSON line: a list of streams with ports, SSRC, payload
type, times of the first and the last packet in milliseconds and number of packets. After the line "forget" the list
begins anew. Needs the right to open a packet socket.
"""

import json
import select
import socket
import struct
import sys

SO_TIMESTAMPNS = 35
streams = {}

capture = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0003))
capture.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
capture.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024 * 1024)
capture.bind(("lo", 0))
print("ready", flush=True)


def note(frame, at_ms):
    if len(frame) < 54 or frame[12:14] != b"\x08\x00" or frame[23] != 17:
        return
    header = 14 + (frame[14] & 0x0F) * 4
    source, destination = struct.unpack_from(">HH", frame, header)
    media = frame[header + 8 :]
    # RTP and not STUN, DTLS (first byte) or RTCP (payload types 64 to 95 with the marker bit off).
    if len(media) < 12 or media[0] & 0xC0 != 0x80 or 64 <= media[1] & 0x7F <= 95:
        return
    ssrc = struct.unpack_from(">I", media, 8)[0]
    key = (source, destination, ssrc)
    found = streams.setdefault(
        key,
        {
            "source": source,
            "destination": destination,
            "ssrc": ssrc,
            "payloadType": media[1] & 0x7F,
            "firstAtMs": at_ms,
            "lastAtMs": at_ms,
            "packets": 0,
        },
    )
    found["packets"] += 1
    found["lastAtMs"] = at_ms


def answer():
    print(json.dumps(list(streams.values())), flush=True)


while True:
    readable, _, _ = select.select([capture, sys.stdin], [], [])
    if capture in readable:
        frame, ancillary, _, _ = capture.recvmsg(2048, 64)
        for level, kind, content in ancillary:
            if level == socket.SOL_SOCKET and kind == SO_TIMESTAMPNS:
                seconds, nanoseconds = struct.unpack("qq", content[:16])
                note(frame, seconds * 1000 + nanoseconds / 1e6)
    elif sys.stdin in readable:
        command = sys.stdin.readline().strip()
        answer()
        if command == "":
            break
        if command == "forget":
            streams.clear()
