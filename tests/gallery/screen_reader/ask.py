"""What a screen reader of Linux learns of the window: starts a program, asks it over AT-SPI and presses.

Runs in a D-Bus session of its own: `dbus-run-session python3 ask.py PROGRAM ARGUMENT…`. Prints one JSON object.
"""

import json
import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

LONG_SECS = 100


def listen():
    """Starts the bus of accessibility, and says that somebody listens."""
    launcher = ["/usr/libexec/at-spi-bus-launcher", "--launch-immediately"]
    subprocess.Popen(launcher, stdout=subprocess.DEVNULL)
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    within(lambda: ask_status(session), "no bus of accessibility")


def ask_status(session):
    try:
        session.call_sync(
            "org.a11y.Bus",
            "/org/a11y/bus",
            "org.freedesktop.DBus.Properties",
            "Set",
            GLib.Variant("(ssv)", ("org.a11y.Status", "IsEnabled", GLib.Variant("b", True))),
            None,
            Gio.DBusCallFlags.NONE,
            -1,
            None,
        )
        return True
    except GLib.Error:
        return False


def within(found, otherwise):
    """The first answer that is not empty."""
    begun = time.monotonic()
    while time.monotonic() - begun < LONG_SECS:
        answer = found()
        if answer:
            return answer
        time.sleep(0.5)
    sys.exit(otherwise)


def all_nodes(node):
    """A node and all in it, in the order in which they are read."""
    yield node
    for place in range(node.get_child_count()):
        part = node.get_child_at_index(place)
        if part is not None:
            yield from all_nodes(part)


def named(role, name):
    """The node of this role and name in any program, once there is one."""

    def look():
        Atspi.get_desktop(0).clear_cache()
        try:
            for node in all_nodes(Atspi.get_desktop(0)):
                if (node.get_role_name(), node.get_name()) == (role, name):
                    return node
        except GLib.Error:
            # What is told changes while it is asked for.
            pass
        return None

    return within(look, f"no {role} is called {name}")


def speed_now():
    return Atspi.Value.get_current_value(named("slider", "Speed"))


def told_now():
    """All roles and names, in the order in which they are read."""
    Atspi.get_desktop(0).clear_cache()
    root = Atspi.get_desktop(0).get_child_at_index(0)
    return [(node.get_role_name(), node.get_name()) for node in all_nodes(root)]


def at_rest():
    """The same once nothing moves: while the hall opens, pages come into view."""
    try:
        one = told_now()
        time.sleep(2)
        other = told_now()
    except GLib.Error:
        return None
    headings = [[name for role, name in told if role == "heading"] for told in (one, other)]
    return other if headings[0] == headings[1] else None


def main():
    listen()
    program = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
    try:
        pause = named("push button", "Pause")
        told = within(at_rest, "the hall does not come to rest")
        Atspi.Action.do_action(pause, 0)
        named("push button", "Resume")
        speed = named("slider", "Speed")
        before = Atspi.Value.get_current_value(speed)
        Atspi.Value.set_current_value(speed, 5)
        within(lambda: speed_now() == 5, "the speed stays as it was")
        print(json.dumps({"told": told, "speed": before}))
    finally:
        program.terminate()
        program.wait()


main()
