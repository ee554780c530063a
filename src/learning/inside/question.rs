//! Every question that looks inside a classifier, answered by whoever can be explained.

use super::{
    Baselines, Explained, alike, calibration, dream, explain, grown, landscape, lesion, points,
    robustness, shared, together, units,
};
use crate::{
    inside::{
        AlikeAsked, DreamAsked, GrownAsked, LandscapeAsked, LesionAsked, Method, PointsAsked,
        RobustAsked, SharedAsked, SureAsked, TogetherAsked, UnitsAsked, WhyAsked,
    },
    learning::TrainError,
    stream::{InputChoice, Payload},
    words::Phrase,
};

/// Multiply-adds of a network whose maps that take hundreds of passes are made between two steps; they take some hundredths
/// of a second.
const MOST_BETWEEN_STEPS: u64 = 300_000;
/// Multiply-adds of a network that looks at all test images between two steps.
const MOST_OF_ALL_IMAGES: u64 = 20_000;

/// A question that looks inside.
#[derive(Clone, Copy, Debug)]
pub enum Question<'a> {
    /// Why it answers so.
    Why(&'a WhyAsked),
    /// What changes its answer.
    Robust(&'a RobustAsked),
    /// How sure it is, and how often right.
    Sure(&'a SureAsked),
    /// What the units of a layer know.
    Units(&'a UnitsAsked),
    /// What it answers without some units.
    Lesion(&'a LesionAsked),
    /// What it likes best.
    Dream(&'a DreamAsked),
    /// What it liked best on its way.
    Grown(&'a GrownAsked),
    /// What its loss is with other weights.
    Landscape(&'a LandscapeAsked),
    /// What it is worth together with others.
    Together(&'a TogetherAsked),
    /// Where a layer puts all images.
    Points(&'a PointsAsked),
    /// What some images share.
    Shared(&'a SharedAsked),
    /// How alike layers are.
    Alike(&'a AlikeAsked),
}

impl<'a> Question<'a> {
    /// The question that a payload is, if it is one of these.
    pub fn of(about: &'a Payload) -> Option<Self> {
        let why = about.get::<WhyAsked>().map(|asked| Self::Why(asked));
        let robust = || about.get::<RobustAsked>().map(|asked| Self::Robust(asked));
        let sure = || about.get::<SureAsked>().map(|asked| Self::Sure(asked));
        let units = || about.get::<UnitsAsked>().map(|asked| Self::Units(asked));
        let lesion = || about.get::<LesionAsked>().map(|asked| Self::Lesion(asked));
        let dream = || about.get::<DreamAsked>().map(|asked| Self::Dream(asked));
        let grown = || about.get::<GrownAsked>().map(|asked| Self::Grown(asked));
        let points = || about.get::<PointsAsked>().map(|asked| Self::Points(asked));
        let shared = || about.get::<SharedAsked>().map(|asked| Self::Shared(asked));
        let alike = || about.get::<AlikeAsked>().map(|asked| Self::Alike(asked));
        let together = || about.get::<TogetherAsked>().map(|asked| Self::Together(asked));
        let landscape = || about.get::<LandscapeAsked>().map(|asked| Self::Landscape(asked));
        let first = why.or_else(robust).or_else(sure).or_else(units).or_else(lesion);
        let second =
            first.or_else(dream).or_else(grown).or_else(points).or_else(shared).or_else(alike);
        second.or_else(landscape).or_else(together)
    }

    /// What the model is to be shown, if it is one input.
    pub const fn input(self) -> Option<&'a InputChoice> {
        match self {
            Self::Why(asked) => Some(&asked.input),
            Self::Robust(asked) => Some(&asked.input),
            Self::Sure(_)
            | Self::Units(_)
            | Self::Lesion(_)
            | Self::Dream(_)
            | Self::Grown(_)
            | Self::Points(_)
            | Self::Shared(_)
            | Self::Alike(_)
            | Self::Landscape(_)
            | Self::Together(_) => None,
        }
    }

    /// Why a network that reads a text is not asked, in words that follow "which has no …".
    pub fn needs(self) -> Phrase {
        match self {
            Self::Why(_) => phrase!("studies-pixels-that-could-speak-for"),
            Self::Robust(_) => phrase!("studies-pixels-that-could-be-changed"),
            Self::Sure(_) => phrase!("studies-test-images-of-which-it"),
            Self::Units(_) | Self::Lesion(_) => phrase!("studies-test-images-on-which-units"),
            Self::Dream(_) | Self::Grown(_) => phrase!("studies-pixels-that-could-be-dreamed"),
            Self::Landscape(_) => phrase!("studies-test-images-over-which-its"),
            Self::Together(_) => phrase!("studies-test-images-on-which-several"),
            Self::Points(_) => phrase!("studies-images-that-could-be-laid"),
            Self::Shared(_) => phrase!("studies-images-that-could-share-something"),
            Self::Alike(_) => phrase!("studies-images-on-which-layers-could"),
        }
    }

    /// Whether a step could wait for what this model says to it.
    pub fn is_short(self, model: &dyn Explained) -> bool {
        match self {
            Self::Why(asked) => {
                let in_one_pass = |method: &Method| {
                    !matches!(
                        method,
                        Method::SmoothGrad | Method::IntegratedGradients | Method::Occlusion
                    )
                };
                model.multiply_adds() <= MOST_BETWEEN_STEPS
                    || (asked.shuffled.is_none() && asked.methods.iter().all(in_one_pass))
            }
            Self::Shared(_) => model.multiply_adds() <= MOST_OF_ALL_IMAGES,
            _ => false,
        }
    }

    /// What a model says to it, for the input that it names, as long as somebody waits.
    ///
    /// # Errors
    /// One sentence if what is asked for is not there, or cannot be computed.
    pub fn answer(
        self,
        model: &dyn Explained,
        input: &[f32],
        examples: Baselines<'_>,
        go_on: &dyn Fn() -> bool,
    ) -> Result<Payload, TrainError> {
        Ok(match self {
            Self::Why(asked) => Payload::new(explain(model, asked, input, examples)?),
            Self::Robust(asked) => Payload::new(robustness(model, asked, input, examples)?),
            Self::Sure(asked) => Payload::new(calibration(model, asked, examples.tests)?),
            Self::Units(asked) => Payload::new(units(model, asked, examples.tests, go_on)?),
            Self::Lesion(asked) => Payload::new(lesion(model, asked, examples.tests, go_on)?),
            Self::Dream(asked) => Payload::new(dream(model, asked, examples.tests, go_on)?),
            Self::Grown(asked) => Payload::new(grown(model, asked, examples.trail, go_on)?),
            Self::Together(asked) => Payload::new(together(model, asked, examples, go_on)?),
            Self::Landscape(asked) => Payload::new(landscape(model, asked, examples, go_on)?),
            Self::Points(asked) => Payload::new(points(model, asked, examples, go_on)?),
            Self::Shared(asked) => Payload::new(shared(model, asked, examples, go_on)?),
            Self::Alike(asked) => Payload::new(alike(model, asked, examples, go_on)?),
        })
    }
}
