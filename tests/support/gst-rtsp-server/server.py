#!/usr/bin/python3
"""A live H264 camera served by GStreamer's RTSP server, which this project did not write.

Settings come as one line of JSON on standard input, because passwords must not stand in a process list:
  {"path": "/live", "width": 640, "height": 360, "auth": {"scheme": "basic" | "digest", "username": "", "password": ""}}
Prints {"port": n} when it listens on a free port of 127.0.0.1, and ends with its standard input.
"""

import json
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

# One thread, or zerolatency cuts pictures into slices, and the payloader then puts SPS and PPS before each slice of a key
# frame: decoders take every slice for a picture of its own.
PIPELINE = (
    "( videotestsrc is-live=true pattern=ball "
    "! video/x-raw,width={width},height={height},framerate=30/1 "
    '! clockoverlay time-format="%Y-%m-%d %H:%M:%S" halignment=right valignment=top '
    "! x264enc tune=zerolatency speed-preset=veryfast bitrate=600 key-int-max=30 bframes=0 threads=1 "
    "! video/x-h264,profile=constrained-baseline "
    "! rtph264pay name=pay0 pt=96 config-interval={config_interval} )"
)


def require_login(server, factory, auth):
    is_basic = auth["scheme"] == "basic"
    keeper = GstRtspServer.RTSPAuth()
    keeper.set_supported_methods(GstRtsp.RTSPAuthMethod.BASIC if is_basic else GstRtsp.RTSPAuthMethod.DIGEST)
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    if is_basic:
        keeper.add_basic(GstRtspServer.RTSPAuth.make_basic(auth["username"], auth["password"]), token)
    else:
        keeper.add_digest(auth["username"], auth["password"], token)
    server.set_auth(keeper)
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_permission_for_role("viewer", "media.factory.access", True)
    permissions.add_permission_for_role("viewer", "media.factory.construct", True)
    factory.set_permissions(permissions)


def main():
    settings = json.loads(sys.stdin.readline())
    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service("0")

    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(
        PIPELINE.format(
            width=settings["width"],
            height=settings["height"],
            config_interval=-1 if settings["parameterSetsInBand"] else 0,
        )
    )
    # All who watch share one encoder, as with a camera.
    factory.set_shared(True)
    factory.set_latency(0)
    factory.set_protocols(GstRtsp.RTSPLowerTrans.TCP | GstRtsp.RTSPLowerTrans.UDP)
    server.get_mount_points().add_factory(settings["path"], factory)
    if settings.get("auth"):
        require_login(server, factory, settings["auth"])
    if server.attach(None) == 0:
        sys.exit("The RTSP server cannot listen on 127.0.0.1.")
    print(json.dumps({"port": server.get_bound_port()}), flush=True)

    loop = GLib.MainLoop()
    # Whoever started this holds the other end of standard input; when that process dies, this one must not stay.
    threading.Thread(target=lambda: (sys.stdin.read(), loop.quit()), daemon=True).start()
    loop.run()


main()
