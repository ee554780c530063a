//! The head and the two controllers that Monado's remote driver is told of.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin, Stdio},
};

use bevy::math::{EulerRot, Quat, Vec2, Vec3};

use super::space::Space;

/// Bytes of one packet: `struct r_remote_data` of Monado 25, `src/xrt/drivers/remote/r_interface.h`.
const PACKET: usize = 376;
/// Connects as soon as the driver listens, drops the two packets that it greets with, and passes on what it gets.
const CONNECT: &str = r#"
for try in {1..200}; do
    exec 3<>/dev/tcp/127.0.0.1/4242 && break
    sleep 0.05
done 2>/dev/null
head -c 752 <&3 >/dev/null && echo ready && exec cat >&3
"#;

/// A place in the visitor's room and a direction: metres, y up, looking along -Z.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pose {
    pub(super) place: Vec3,
    pub(super) turn: Quat,
}

impl Pose {
    pub(super) const fn at(place: Vec3) -> Self {
        Self { place, turn: Quat::IDENTITY }
    }

    /// Turned to the left and then up, in degrees.
    pub(super) fn turned(self, left: f32, up: f32) -> Self {
        let turn = Quat::from_euler(EulerRot::YXZ, left.to_radians(), up.to_radians(), 0.0);
        Self { turn, ..self }
    }

    /// Turned so that it looks at a point.
    pub(super) fn looking_at(self, point: Vec3) -> Self {
        let way = point - self.place;
        let left = (-way.x).atan2(-way.z).to_degrees();
        self.turned(left, way.y.atan2(Vec2::new(way.x, way.z).length()).to_degrees())
    }

    fn write(self, packet: &mut Vec<u8>) {
        write(packet, &self.turn.to_array());
        write(packet, &self.place.to_array());
    }
}

/// What one hand does with its controller, which Monado takes for a Valve Index controller.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Controller {
    pub(super) pose: Pose,
    pub(super) active: bool,
    pub(super) trigger: f32,
    pub(super) squeeze: f32,
    pub(super) stick: Vec2,
    /// A on the right, X on the left.
    pub(super) a: bool,
    /// B on the right, Y on the left.
    pub(super) b: bool,
    /// The system button, which is the menu of a left Touch controller.
    pub(super) system: bool,
}

impl Controller {
    const fn resting(place: Vec3) -> Self {
        Self {
            pose: Pose::at(place),
            active: true,
            trigger: 0.0,
            squeeze: 0.0,
            stick: Vec2::ZERO,
            a: false,
            b: false,
            system: false,
        }
    }

    fn write(self, packet: &mut Vec<u8>) {
        self.pose.write(packet);
        // Velocities: it stands still.
        write(packet, &[0.0; 6]);
        // Fingers: open.
        write(packet, &[0.0; 5]);
        write(packet, &[self.trigger, self.squeeze, self.squeeze]);
        write(packet, &self.stick.to_array());
        // The trackpad's force and place.
        write(packet, &[0.0; 3]);
        let clicked = self.trigger > 0.95;
        let touched = self.trigger > 0.0;
        packet.extend(
            [
                // Joints are not followed; active; system button; A, B, trigger, stick and pad, each clicked and touched.
                false,
                self.active,
                self.system,
                self.system,
                self.a,
                self.a,
                self.b,
                self.b,
                clicked,
                touched,
                false,
                false,
                false,
            ]
            .map(u8::from),
        );
        packet.extend([0; 3]);
    }
}

fn write(packet: &mut Vec<u8>, numbers: &[f32]) {
    packet.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
}

/// What the visitor wears and holds; what is changed is sent with [`Remote::send`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Worn {
    pub(super) head: Pose,
    pub(super) left: Controller,
    pub(super) right: Controller,
}

impl Default for Worn {
    /// Standing in the middle and looking ahead, with hands at the sides.
    fn default() -> Self {
        Self {
            head: Pose::at(Vec3::new(0.0, 1.6, 0.0)),
            left: Controller::resting(Vec3::new(-0.25, 1.2, -0.3)),
            right: Controller::resting(Vec3::new(0.25, 1.2, -0.3)),
        }
    }
}

impl Worn {
    fn packet(&self) -> Vec<u8> {
        let mut packet = Vec::with_capacity(PACKET);
        packet.extend(b"mndrmt3\0");
        // Two views, which the device works out itself: field of view, pose, padding.
        for _ in 0..2 {
            write(&mut packet, &[0.0; 4]);
            Pose::at(Vec3::ZERO).write(&mut packet);
            packet.extend([0; 4]);
        }
        self.head.write(&mut packet);
        // Whether the views are valid, and padding.
        packet.extend([0; 4]);
        self.left.write(&mut packet);
        self.right.write(&mut packet);
        assert_eq!(packet.len(), PACKET);
        packet
    }
}

/// The line to the driver.
pub(super) struct Remote {
    /// In the room, as the driver listens there only.
    messenger: Child,
    line: ChildStdin,
}

impl Remote {
    pub(super) fn connect(space: &Space) -> Self {
        let mut messenger = space
            .command("bash", space.folder())
            .args(["-c", CONNECT])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let line = messenger.stdin.take().unwrap();
        let mut said = String::new();
        BufReader::new(messenger.stdout.take().unwrap()).read_line(&mut said).unwrap();
        assert_eq!(said, "ready\n", "the runtime's remote driver does not listen");
        Self { messenger, line }
    }

    pub(super) fn send(&mut self, worn: &Worn) {
        self.line.write_all(&worn.packet()).unwrap();
    }
}

impl Drop for Remote {
    fn drop(&mut self) {
        self.messenger.kill().ok();
        self.messenger.wait().ok();
    }
}
