//! What the network is worth together with the runs before it and with a logistic regression, beside how alike they are.

use bevy::{
    ecs::{schedule::ScheduleConfigs, system::ScheduleSystem},
    prelude::*,
};

use crate::{
    inside::{AlikeWith, MemberOf, Together, TogetherAsked},
    world::classifier::{
        Classifier,
        inside::{
            page::{self, Page},
            seen::{Shown, What},
            tab::Tab,
            wish::{SEED, Wish},
        },
        sheet::percent_of,
    },
};

/// Test images; one half of them finds weights.
const IMAGES: usize = 2000;
/// Images that are named.
const CONTESTED: usize = 4;
/// Members whose numbers have room.
const MEMBERS: usize = 4;

/// The page: it is asked while runs are compared.
pub(in super::super) struct TogetherPage;

pub(super) type Fused<C> = page::Told<C, TogetherPage>;

impl<C: Classifier> Page<C> for TogetherPage {
    const TAB: Tab = Tab::Alike;
    const GOES_BACK: bool = true;
    const LINES: usize = 1;
    type Asked = TogetherAsked;
    type Answer = Together;

    fn question(wish: &Wish<C>, _: &Fused<C>, _: usize) -> Option<TogetherAsked> {
        let compares = wish.inside.wanted.alike == AlikeWith::Runs;
        compares.then_some(TogetherAsked { images: IMAGES, contested: CONTESTED, seed: SEED })
    }

    fn owns(what: What) -> bool {
        matches!(what, What::Image(_))
    }

    fn shown(wish: &Wish<C>, told: &Fused<C>, what: What) -> Option<Shown> {
        let What::Image(place) = what else { return None };
        let compares = wish.inside.wanted.alike == AlikeWith::Runs;
        let contested = told.said(0).filter(|_| compares)?.said.contested.get(place)?.index;
        wish.test_image(contested)
    }

    fn systems() -> ScheduleConfigs<ScheduleSystem> {
        (|| {}).into_configs()
    }
}

/// What each is worth alone and all of them together, line by line.
pub(super) fn lines(together: &Together) -> Vec<String> {
    let name = |of: MemberOf| match of {
        MemberOf::Now => say!("boards-this-run").to_owned(),
        MemberOf::Run { seed, .. } => say!("boards-seed", seed),
        MemberOf::Logistic => say!("boards-regression").to_owned(),
    };
    let mut lines = vec![say!("boards-right-alone-adds").to_owned()];
    lines.extend(together.members.iter().take(MEMBERS).map(|member| {
        let adds = 100.0 * member.adds;
        let adds = format!("{adds:+.1}").replace('-', "−");
        format!("{} {} · {adds}", name(member.of), percent_of(member.alone.accuracy))
    }));
    lines.push(say!("boards-mean-of-all", accuracy = percent_of(together.averaged.accuracy)));
    lines.push(say!("boards-vote", voted = percent_of(together.voted)));
    lines.push(say!("boards-weighted", accuracy = percent_of(together.stacked.accuracy)));
    lines
}

/// What members say of a contested image.
pub(super) fn said(together: &Together, place: usize, classes: &[String]) -> Option<String> {
    let one = together.contested.get(place)?;
    let name = |class: usize| crate::world::classifier::sheet::short_class(classes, class);
    let said: Vec<String> = one.said.iter().take(MEMBERS).map(|of| name(*of as usize)).collect();
    Some(said.join(" "))
}
