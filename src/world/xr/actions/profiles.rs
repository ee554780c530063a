//! What each controller is called and which of its parts does what: one table, one entry per interaction profile.
//!
//! Paths are those of "Interaction Profile Paths" in the OpenXR specification, section 6.4 of version 1.0, or of the
//! extension that an entry names. One path that a runtime does not know makes it refuse the whole profile.

use openxr::ExtensionSet;

use crate::world::body::HandKind;

/// What all profiles' paths begin with.
pub const PREFIX: &str = "/interaction_profiles/";

/// One kind of controller, or bare hands.
pub struct InteractionProfile {
    /// Its name to OpenXR.
    pub path: &'static str,
    /// Whether a runtime with these extensions switched on knows it.
    pub known: fn(&ExtensionSet) -> bool,
    /// What knows of a hand that answers to it.
    pub kind: HandKind,
    /// Left and right.
    pub hands: [Parts; 2],
}

/// The parts of one hand's controller, each below `/user/hand/left/` or `/user/hand/right/`.
///
/// A button may stand where a float is expected: the runtime reports it as 0 or 1 (the specification's "Suggested
/// Bindings").
#[derive(Clone, Copy)]
pub struct Parts {
    pub aim: &'static str,
    pub grip: &'static str,
    /// Presses.
    pub trigger: &'static str,
    /// Grabs.
    pub squeeze: Option<&'static str>,
    /// Travels and scrolls.
    pub stick: Option<&'static str>,
    /// On a pad, which a resting thumb touches all the time: the stick counts while this is pressed.
    pub stick_press: Option<&'static str>,
    /// A or X.
    pub primary: Option<&'static str>,
    /// B or Y.
    pub secondary: Option<&'static str>,
    /// The menu; `system/click` is the runtime's own and never bound.
    pub menu: Option<&'static str>,
    pub haptic: Option<&'static str>,
}

/// What nearly every controller has.
const PLAIN: Parts = Parts {
    aim: "input/aim/pose",
    grip: "input/grip/pose",
    trigger: "input/trigger/value",
    squeeze: None,
    stick: None,
    stick_press: None,
    primary: None,
    secondary: None,
    menu: None,
    haptic: Some("output/haptic"),
};

/// A left hand as Oculus built it first and most have built it since.
const LEFT: Parts = Parts {
    squeeze: Some("input/squeeze/value"),
    stick: Some("input/thumbstick"),
    primary: Some("input/x/click"),
    secondary: Some("input/y/click"),
    menu: Some("input/menu/click"),
    ..PLAIN
};

/// Its right hand, whose menu button is the runtime's.
const RIGHT: Parts =
    Parts { primary: Some("input/a/click"), secondary: Some("input/b/click"), menu: None, ..LEFT };

/// "Khronos Simple Controller Profile": what a runtime offers when it knows no better.
const SIMPLE: Parts =
    Parts { trigger: "input/select/click", menu: Some("input/menu/click"), ..PLAIN };

/// "HTC Vive Controller Profile": a pad and no other buttons.
const VIVE: Parts = Parts {
    squeeze: Some("input/squeeze/click"),
    stick: Some("input/trackpad"),
    stick_press: Some("input/trackpad/click"),
    menu: Some("input/menu/click"),
    ..PLAIN
};

/// "Microsoft Mixed Reality Motion Controller Profile": the pad's click is its only other button.
const MOTION: Parts = Parts {
    squeeze: Some("input/squeeze/click"),
    stick: Some("input/thumbstick"),
    primary: Some("input/trackpad/click"),
    menu: Some("input/menu/click"),
    ..PLAIN
};

/// "Valve Index Controller Profile": alike on both hands and without a menu button, so the left B is one.
const INDEX_LEFT: Parts =
    Parts { primary: Some("input/a/click"), secondary: None, menu: Some("input/b/click"), ..LEFT };

/// `XR_EXT_hp_mixed_reality_controller`: as Oculus, with a menu button on the right too.
const HP_RIGHT: Parts = Parts { menu: Some("input/menu/click"), ..RIGHT };

/// `XR_EXT_hand_interaction`: fingers instead of buttons, and nothing that could tick.
const FINGERS: Parts = Parts {
    trigger: "input/pinch_ext/value",
    squeeze: Some("input/grasp_ext/value"),
    haptic: None,
    ..PLAIN
};

const fn controller(
    path: &'static str,
    known: fn(&ExtensionSet) -> bool,
    hands: [Parts; 2],
) -> InteractionProfile {
    InteractionProfile { path, known, kind: HandKind::Controller, hands }
}

fn always(_: &ExtensionSet) -> bool {
    true
}

fn bytedance(on: &ExtensionSet) -> bool {
    on.bd_controller_interaction
}

/// Every kind of controller that the hall knows.
pub const PROFILES: &[InteractionProfile] = &[
    controller("/interaction_profiles/khr/simple_controller", always, [SIMPLE, SIMPLE]),
    // "Oculus Touch Controller Profile".
    controller("/interaction_profiles/oculus/touch_controller", always, [LEFT, RIGHT]),
    controller("/interaction_profiles/valve/index_controller", always, [INDEX_LEFT, RIGHT]),
    controller("/interaction_profiles/htc/vive_controller", always, [VIVE, VIVE]),
    controller("/interaction_profiles/microsoft/motion_controller", always, [MOTION, MOTION]),
    // XR_BD_controller_interaction, "PICO 4" and "PICO Neo3 controller".
    controller("/interaction_profiles/bytedance/pico4_controller", bytedance, [LEFT, RIGHT]),
    controller("/interaction_profiles/bytedance/pico_neo3_controller", bytedance, [LEFT, RIGHT]),
    controller(
        "/interaction_profiles/hp/mixed_reality_controller",
        |on| on.ext_hp_mixed_reality_controller,
        [LEFT, HP_RIGHT],
    ),
    // XR_META_touch_controller_plus, which comes with Quest 3.
    controller(
        "/interaction_profiles/meta/touch_controller_plus",
        |on| on.meta_touch_controller_plus,
        [LEFT, RIGHT],
    ),
    // XR_FB_touch_controller_pro, which comes with Quest Pro.
    controller(
        "/interaction_profiles/facebook/touch_controller_pro",
        |on| on.fb_touch_controller_pro,
        [LEFT, RIGHT],
    ),
    InteractionProfile {
        path: "/interaction_profiles/ext/hand_interaction_ext",
        known: |on| on.ext_hand_interaction,
        kind: HandKind::Bare,
        hands: [FINGERS, FINGERS],
    },
];

/// What knows of a hand that answers to a profile; a profile that is not in the table is a controller's.
pub fn kind(path: &str) -> HandKind {
    PROFILES.iter().find(|profile| profile.path == path).map_or(HandKind::Controller, |it| it.kind)
}

impl InteractionProfile {
    /// Whether a name means this profile: its path, or its path without [`PREFIX`].
    pub fn is_named(&self, name: &str) -> bool {
        self.path == name || self.path.strip_prefix(PREFIX) == Some(name)
    }
}

impl Parts {
    /// Every path that is bound.
    #[cfg(test)]
    fn bound(&self) -> Vec<&'static str> {
        [self.aim, self.grip, self.trigger]
            .into_iter()
            .chain(
                [
                    self.squeeze,
                    self.stick,
                    self.stick_press,
                    self.primary,
                    self.secondary,
                    self.menu,
                    self.haptic,
                ]
                .into_iter()
                .flatten(),
            )
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The characters that the specification allows in a path's level ("Well-Formed Path Strings").
    fn well_formed(level: &str) -> bool {
        !level.is_empty()
            && level
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c))
    }

    #[test]
    fn every_profile_is_there_once_under_a_well_formed_path() {
        let mut seen = BTreeSet::new();
        for profile in PROFILES {
            assert!(seen.insert(profile.path), "{} is there twice", profile.path);
            let rest = profile.path.strip_prefix(PREFIX).unwrap();
            let levels: Vec<_> = rest.split('/').collect();
            assert!(levels.len() == 2 && levels.into_iter().all(well_formed), "{}", profile.path);
        }
    }

    #[test]
    fn every_hand_aims_grips_and_presses_with_parts_of_its_own() {
        for profile in PROFILES {
            for parts in &profile.hands {
                assert!(parts.aim.starts_with("input/aim/"), "{}", profile.path);
                assert!(parts.grip.starts_with("input/grip/"), "{}", profile.path);
                let bound = parts.bound();
                for path in &bound {
                    let levels: Vec<_> = path.split('/').collect();
                    assert!(matches!(levels[0], "input" | "output"), "{path} of {}", profile.path);
                    assert!((2..=3).contains(&levels.len()), "{path} of {}", profile.path);
                    assert!(levels.into_iter().all(well_formed), "{path} of {}", profile.path);
                    assert!(!path.contains("system"), "the runtime keeps {path} for itself");
                }
                let different: BTreeSet<_> = bound.iter().collect();
                assert_eq!(different.len(), bound.len(), "{}: {bound:?}", profile.path);
            }
        }
    }

    #[test]
    fn a_controller_has_a_menu_button_on_one_hand_at_least_and_can_tick() {
        for profile in PROFILES.iter().filter(|profile| profile.kind == HandKind::Controller) {
            assert!(profile.hands.iter().any(|parts| parts.menu.is_some()), "{}", profile.path);
            assert!(profile.hands.iter().all(|parts| parts.haptic.is_some()), "{}", profile.path);
        }
    }

    #[test]
    fn letters_are_on_the_hand_that_has_them() {
        for profile in PROFILES {
            if profile.path.contains("valve") {
                continue;
            }
            let [left, right] = &profile.hands;
            for (parts, foreign) in [(left, ["/a/", "/b/"]), (right, ["/x/", "/y/"])] {
                let wrong =
                    parts.bound().into_iter().find(|at| foreign.iter().any(|f| at.contains(f)));
                assert_eq!(wrong, None, "{}", profile.path);
            }
        }
    }

    #[test]
    fn the_core_needs_no_extension_and_the_rest_does() {
        let core = PROFILES.iter().filter(|it| (it.known)(&ExtensionSet::default())).count();
        assert_eq!(core, 5);
        let mut on = ExtensionSet::default();
        on.bd_controller_interaction = true;
        on.ext_hp_mixed_reality_controller = true;
        on.meta_touch_controller_plus = true;
        on.fb_touch_controller_pro = true;
        on.ext_hand_interaction = true;
        assert!(PROFILES.iter().all(|profile| (profile.known)(&on)));
    }

    #[test]
    fn a_profile_answers_to_its_short_name() {
        let named = |name| PROFILES.iter().filter(|it| it.is_named(name)).count();
        assert_eq!(named("valve/index_controller"), 1);
        assert_eq!(named("/interaction_profiles/valve/index_controller"), 1);
        assert_eq!(named("index_controller"), 0);
        assert_eq!(kind("/interaction_profiles/ext/hand_interaction_ext"), HandKind::Bare);
        assert_eq!(kind(""), HandKind::Controller);
    }
}
