//! Fits arrays of a file to the layers of a network, or says in one sentence why they are of another.

use super::{
    arrays::NamedArrays,
    matching::Match,
    misfit,
    taken::{self, Place, Taken},
};
use crate::{
    network::{Fault, Network},
    sentence::{grouped, listed, shown},
    words::Phrase,
};

/// What a network begins with instead of what a seed draws.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Given {
    /// In the order of [`Network::parameters`]; nothing where the seed draws.
    pub parameters: Vec<Option<Vec<f32>>>,
    /// Means and variances of each layer that normalises over batches, else nothing.
    pub running: Vec<Option<[Vec<f32>; 2]>>,
    /// What whoever gave them should know, each a sentence.
    pub remarks: Vec<Phrase>,
}

impl Network {
    /// What it begins with, given the arrays of a file.
    ///
    /// # Errors
    /// One sentence with the layer, both sizes and the nearest name.
    pub fn with_weights(&self, mut file: NamedArrays) -> Result<Given, Fault> {
        let taken = taken::all(self);
        let last = taken::last(self);
        let found = Match::by_name(&taken, &file);
        let by_order = found.places.contains(&None).then(|| found.by_order(&taken, &file, last));
        let found = by_order.flatten().unwrap_or(found);
        let mut remarks = std::mem::take(&mut file.remarks);
        if found.is_by_order {
            remarks.push(phrase!("network-files-weights-were-matched-by-their"));
        }
        let is_new = self.last_is_new(last, &taken, &found, &file, &mut remarks)?;
        let fresh = |one: &Taken| is_new && Some(one.layer) == last;
        misfit::check(self, &taken, &found, &file, fresh)?;
        let mut unused = vec![true; file.arrays.len()];
        let mut parameters = vec![None; self.parameters().count()];
        let [mut means, mut variances] = [(); 2].map(|()| vec![None; self.layers.len()]);
        for (one, place) in taken.iter().zip(&found.places) {
            let Some(place) = *place else {
                continue;
            };
            if let Some(unused) = unused.get_mut(place) {
                *unused = false;
            }
            let array = file.arrays.get_mut(place).filter(|_| !fresh(one));
            let Some(numbers) = array.map(|array| std::mem::take(&mut array.numbers)) else {
                continue;
            };
            let (of, number) = match one.place {
                Place::Parameter(number) => (&mut parameters, number),
                Place::Mean => (&mut means, one.layer),
                Place::Variance => (&mut variances, one.layer),
            };
            if let Some(of) = of.get_mut(number) {
                *of = Some(numbers);
            }
        }
        let pairs = means.into_iter().zip(variances);
        let running: Vec<_> = pairs.map(|(mean, variance)| Some([mean?, variance?])).collect();
        let lacks = |one: &&Taken| {
            one.place == Place::Mean && running.get(one.layer).is_some_and(Option::is_none)
        };
        let lacking = taken.iter().filter(lacks).map(|one| self.path(one.layer));
        let lacking: Vec<_> = lacking.collect();
        if !lacking.is_empty() {
            remarks
                .push(phrase!("network-files-the-file-has-no-running", lacking = listed(&lacking)));
        }
        let left = file.arrays.iter().zip(unused).filter(|(_, unused)| *unused);
        let left: Vec<_> = left.map(|(array, _)| array.name.as_str()).collect();
        if !left.is_empty() {
            remarks.push(phrase!("network-files-not-taken-from-the-weights", left = listed(&left)));
        }
        Ok(Given { parameters, running, remarks })
    }

    /// Whether the layer that tells the classes begins anew, since the file's tells others, or has another name.
    fn last_is_new(
        &self,
        last: Option<usize>,
        taken: &[Taken],
        found: &Match,
        file: &NamedArrays,
        remarks: &mut Vec<Phrase>,
    ) -> Result<bool, Fault> {
        let of_last = || taken.iter().zip(&found.places).filter(|(one, _)| Some(one.layer) == last);
        if found.places.iter().all(Option::is_none) {
            let names: Vec<_> = file.arrays.iter().map(|array| array.name.as_str()).collect();
            let own: Vec<_> = taken.iter().map(|one| one.name.as_str()).collect();
            let order = if file.in_order {
                phrase!("network-files-and-neither-do-the-sizes")
            } else {
                phrase!("network-files-and-the-file-does-not")
            };
            return Err(Fault::new(phrase!(
                "network-files-no-name-fits-the-file",
                order,
                names = few(&names),
                own = few(&own)
            )));
        }
        if of_last().next().is_some() && of_last().all(|(_, place)| place.is_none()) {
            remarks.push(phrase!(
                "network-files-the-last-layer-is-new",
                path = shown(self.path(last.unwrap_or_default()))
            ));
            return Ok(true);
        }
        let weights = of_last().next();
        let there = weights.and_then(|(one, place)| Some((one, file.arrays.get((*place)?)?)));
        let Some((one, array)) = there else {
            return Ok(false);
        };
        let is_new = match (array.dims.as_slice(), one.dims.as_slice()) {
            ([others, inputs], [classes, own]) => inputs == own && others != classes,
            _ => false,
        };
        if is_new {
            let others = grouped(array.dims.first().copied().unwrap_or(0));
            let classes = grouped(self.classes);
            remarks.push(phrase!("network-files-the-last-layer-is-new-the", others, classes));
        }
        Ok(is_new)
    }

    fn path(&self, layer: usize) -> &str {
        self.layers.get(layer).map_or("", |layer| &layer.path)
    }
}

/// The first of some names.
fn few(names: &[&str]) -> Phrase {
    let some = names.get(..3).unwrap_or(names);
    let some_named = listed(some);
    if some.len() < names.len() {
        phrase!("network-files-and-so-on", some = some_named)
    } else {
        some_named
    }
}
