//! An answer to a question: the goal and the baseline found, each map made, tested by deletion, and compared with the map
//! of the network as it was before its weights, or the labels that it learned from, were shuffled.

use super::{
    Baselines, Explained, cams,
    deletion::Deleter,
    goal::Goal,
    gradient, integrated,
    meter::Meter,
    occlusion,
    rank::correlation,
    scene::{Found, Scene},
    shuffle::last_layers,
};
use crate::{
    inside::{Attribution, Method, Price, Shuffled, Why, WhyAsked},
    learning::TrainError,
    words::Phrase,
};

/// Explains what a model says to an input.
///
/// # Errors
/// One sentence if what is asked for is not there, or cannot be computed.
pub fn explain(
    model: &dyn Explained,
    asked: &WhyAsked,
    input: &[f32],
    baselines: Baselines<'_>,
) -> Result<Why, TrainError> {
    match asked.shuffled {
        None => answered(model, None, asked, input, baselines),
        Some(Shuffled::Layers(layers)) => {
            let shuffled = model.shuffled(layers, asked.seed)?;
            let names = last_layers(model.layers(), layers);
            let other = Other { model: shuffled.as_ref(), names, remark: None };
            answered(model, Some(&other), asked, input, baselines)
        }
        Some(Shuffled::Labels) => {
            Err(TrainError::calculation(phrase!("studies-shuffled-labels-are-learned-by")))
        }
    }
}

/// A model that is explained in the place of the one that is asked.
pub(super) struct Other<'a> {
    pub(super) model: &'a dyn Explained,
    /// What is shuffled, as [`Why::shuffled`] says it.
    pub(super) names: Vec<String>,
    /// What there is to be known of each of its maps.
    pub(super) remark: Option<Phrase>,
}

/// Explains what a model says to an input; or with another model what that says, beside the maps of the first.
///
/// # Errors
/// One sentence if what is asked for is not there, or cannot be computed.
pub(super) fn answered(
    model: &dyn Explained,
    other: Option<&Other<'_>>,
    asked: &WhyAsked,
    input: &[f32],
    baselines: Baselines<'_>,
) -> Result<Why, TrainError> {
    let size = model.size();
    if input.len() != size.iter().product::<usize>() || input.is_empty() {
        return Err(TrainError::Calculation(phrase!(
            "studies-it-has-numbers-instead-of",
            input_count = input.len(),
            product = size.iter().product::<usize>()
        )));
    }
    let baseline = baselines.image(asked.baseline, input, size)?;
    let meter = Meter::of(model);
    let begun = meter.mark();
    // The class that it says itself is that of the whole model, so that maps before and after explain the same.
    let goal = Goal::of(asked.target, &meter.logits(input)?)?;
    let way = (input, baseline.as_slice());
    let (whole, logits) = Scene::of(&meter, goal, way, asked.seed)?;
    let Some(shuffled) = other else {
        let (maps, refused) = attributions(&whole, None, &asked.methods)?;
        let price = meter.since(&begun);
        return Ok(told(asked, &whole, (logits, Vec::new()), (maps, refused), price));
    };
    let other = Meter::of(shuffled.model);
    let mark = other.mark();
    let (scene, logits) = Scene::of(&other, goal, way, asked.seed)?;
    let (mut maps, refused) = attributions(&scene, Some(&whole), &asked.methods)?;
    if let Some(remark) = &shuffled.remark {
        maps.iter_mut().for_each(|map| say(map, remark));
    }
    let (one, two) = (meter.since(&begun), other.since(&mark));
    // The second clock ran within the first.
    let price = Price {
        forward: one.forward + two.forward,
        backward: one.backward + two.backward,
        seconds: one.seconds,
    };
    Ok(told(asked, &scene, (logits, shuffled.names.clone()), (maps, refused), price))
}

/// The map of a method, or why there is none.
fn map(scene: &Scene<'_>, method: Method) -> Result<Result<Found, Phrase>, TrainError> {
    let found = match method {
        Method::Gradient => gradient::gradient(scene)?,
        Method::GradientTimesInput => gradient::times_input(scene)?,
        Method::SmoothGrad => gradient::smooth(scene)?,
        Method::IntegratedGradients => integrated::integrated(scene)?,
        Method::Occlusion => occlusion::occlusion(scene)?,
        Method::HiResCam | Method::GradCam => {
            let Some(maps) = scene.meter.maps(scene.input, &scene.slope)? else {
                return Ok(Err(cams::NO_MAPS.to_string().into()));
            };
            match method {
                Method::HiResCam => cams::hires(scene, &maps),
                _ => cams::grad_cam(&maps),
            }
        }
    };
    Ok(Ok(found))
}

type Refused = Vec<(Method, Phrase)>;

/// A map for each method, with what it cost, and those that there are not.
fn attributions(
    scene: &Scene<'_>,
    before: Option<&Scene<'_>>,
    methods: &[Method],
) -> Result<(Vec<Attribution>, Refused), TrainError> {
    let deleter = Deleter::of(scene)?;
    let (mut maps, mut refused) = (Vec::new(), Vec::new());
    for method in methods {
        let mark = scene.meter.mark();
        let mut found = match map(scene, *method)? {
            Ok(found) => found,
            Err(why) => {
                refused.push((*method, why));
                continue;
            }
        };
        let price = scene.meter.since(&mark);
        if found.values.iter().any(|value| value.is_nan()) {
            found.remark(phrase!("studies-it-holds-what-is-not"));
        }
        let over_input = scene.over_input(&found);
        let deletion = deleter.by(scene, &over_input)?;
        let unshuffled = match before {
            None => None,
            Some(before) => map(before, *method)?.ok().map(|was| {
                let was = before.over_input(&was);
                alike(&over_input, &was, &deleter.ink)
            }),
        };
        maps.push(Attribution {
            method: found.method,
            size: found.size,
            values: found.values.into(),
            layer: found.layer,
            biases: found.biases,
            completeness: found.completeness,
            deletion,
            unshuffled,
            remark: found.remark,
            price,
        });
    }
    Ok((maps, refused))
}

/// Says something more of a map.
fn say(map: &mut Attribution, remark: &Phrase) {
    map.remark = Some(match map.remark.take() {
        Some(before) => phrase!("list-apart", first = before, second = remark),
        None => remark.clone(),
    });
}

/// Rank correlation of two maps at these places, signed and of absolute values.
fn alike(one: &[f32], other: &[f32], places: &[usize]) -> [f32; 2] {
    let at = |map: &[f32]| -> Vec<f32> {
        places.iter().filter_map(|place| map.get(*place).copied()).collect()
    };
    let (one, other) = (at(one), at(other));
    let absolute = |map: &[f32]| map.iter().map(|value| value.abs()).collect::<Vec<_>>();
    [correlation(&one, &other), correlation(&absolute(&one), &absolute(&other))]
}

fn told(
    asked: &WhyAsked,
    scene: &Scene<'_>,
    (logits, shuffled): (Vec<f32>, Vec<String>),
    (maps, refused): (Vec<Attribution>, Refused),
    price: Price,
) -> Why {
    Why {
        asked: asked.clone(),
        target: scene.goal.target(),
        size: scene.size,
        input: scene.input.into(),
        baseline: scene.baseline.into(),
        logits: logits.into(),
        value: scene.value,
        baseline_value: scene.baseline_value,
        maps,
        refused,
        shuffled,
        price,
    }
}
