//! The images that can be browsed now, in their order, and what is known of each.

use std::{collections::HashMap, marker::PhantomData, sync::Arc};

use bevy::prelude::*;

use super::{Browsing, order, wall::PLACES};
use crate::{
    images::TestSet,
    stream::{Mistake, TestReport},
    world::{classifier::Classifier, link::ShownRun, timeline::Timeline},
};

/// The images in their order, from the last test at or before the shown step.
#[derive(Resource)]
pub(super) struct Shelf<C: Classifier> {
    pub(super) set: Option<Arc<TestSet>>,
    pub(super) test: Option<TestReport>,
    /// By their places in the set.
    pub(super) images: Vec<usize>,
    /// How sure the network is of what it reads wrongly, by the image.
    sure: HashMap<usize, f32>,
    of: PhantomData<C>,
}

impl<C: Classifier> Default for Shelf<C> {
    fn default() -> Self {
        Self { set: None, test: None, images: Vec::new(), sure: HashMap::new(), of: PhantomData }
    }
}

/// What is known of an image.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Known {
    /// Its place in the set.
    pub(super) index: usize,
    pub(super) truth: u8,
    /// What it was read as, if it was tested.
    pub(super) read: Option<Read>,
}

/// How an image was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Read {
    pub(super) said: u8,
    /// The probability of what was said, 0..=1.
    pub(super) sure: f32,
    /// The cross-entropy, in nats, where it is told.
    pub(super) loss: Option<f32>,
}

impl<C: Classifier> Shelf<C> {
    /// How many pages there are, at least one.
    pub(super) fn pages(&self) -> usize {
        self.images.len().div_ceil(PLACES).max(1)
    }

    /// The images of a page.
    pub(super) fn page(&self, page: usize) -> &[usize] {
        let first = page.saturating_mul(PLACES).min(self.images.len());
        let end = (first + PLACES).min(self.images.len());
        self.images.get(first..end).unwrap_or_default()
    }

    /// What is known of the image at a place of a page.
    pub(super) fn at(&self, page: usize, place: usize) -> Option<Known> {
        self.known(*self.page(page).get(place)?)
    }

    /// What is known of an image.
    pub(super) fn known(&self, index: usize) -> Option<Known> {
        let truth = *self.set.as_ref()?.labels.get(index)?;
        let told = self
            .test
            .as_ref()
            .and_then(|test| Some((*test.said.get(index)?, test.losses.get(index).copied())));
        let sure = self.sure.get(&index).copied();
        let mistake = || self.test.as_ref()?.mistakes.iter().find(|one| one.index == index);
        let read = match told {
            Some((said, loss)) => {
                // What is read rightly is the true class, whose probability the loss tells.
                let sure = sure.or_else(|| loss.map(|loss| (-loss).exp()));
                Some(Read { said, sure: sure.unwrap_or(f32::NAN), loss })
            }
            // Where only mistakes are told.
            None => mistake().map(|one: &Mistake| Read {
                said: one.said,
                sure: one.confidence,
                loss: None,
            }),
        };
        Some(Known { index, truth, read })
    }
}

/// Fills it anew when another test is shown, or other images or another order are wanted.
pub(super) fn fill<C: Classifier>(
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    mut browsing: ResMut<Browsing<C>>,
    mut shelf: ResMut<Shelf<C>>,
) {
    let test = run.0.test_at(timeline.shown_step(&run.0));
    let set = run.0.material::<TestSet>().filter(|set| !set.of_text);
    let of = |test: Option<&TestReport>| test.map(|test| Arc::as_ptr(&test.mistakes));
    let same_test = of(shelf.test.as_ref()) == of(test);
    let same_set = shelf.set.as_ref().map(Arc::as_ptr) == set.map(Arc::as_ptr);
    if same_test && same_set && !browsing.is_changed() {
        return;
    }
    let classes = set.map_or(0, |set| set.classes.len());
    if browsing.class.is_some_and(|class| class >= classes) && set.is_some() {
        browsing.class = None;
    }
    let images = set.map_or_else(Vec::new, |set| {
        order::chosen(browsing.order, browsing.class, &set.labels, test)
    });
    let mistakes = test.map(|test| &*test.mistakes).unwrap_or_default();
    *shelf = Shelf {
        set: set.cloned(),
        test: test.cloned(),
        images,
        sure: mistakes.iter().map(|one| (one.index, one.confidence)).collect(),
        of: PhantomData,
    };
    let last = shelf.pages() - 1;
    if browsing.page > last {
        browsing.page = last;
    }
}
