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
};

/// What a network begins with instead of what a seed draws.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Given {
    /// In the order of [`Network::parameters`]; nothing where the seed draws.
    pub parameters: Vec<Option<Vec<f32>>>,
    /// Means and variances of each layer that normalises over batches, else nothing.
    pub running: Vec<Option<[Vec<f32>; 2]>>,
    /// What whoever gave them should know, each a sentence.
    pub remarks: Vec<String>,
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
            remarks.push("Weights were matched by their order: the names are others".to_owned());
        }
        let is_new = self.last_is_new(last, &taken, &found, &file, &mut remarks)?;
        let fresh = |one: &Taken| is_new && Some(one.layer) == last;
        misfit::check(self, &taken, &found, &file, fresh)?;
        let (mut unused, mut lacking) = (vec![true; file.arrays.len()], Vec::new());
        let mut given = Given {
            parameters: vec![None; self.parameters().count()],
            running: vec![None; self.layers.len()],
            remarks: Vec::new(),
        };
        for (one, place) in taken.iter().zip(&found.places) {
            let Some(array) = place.and_then(|place| file.arrays.get_mut(place)) else {
                if one.place == Place::Mean {
                    lacking.push(self.path(one.layer));
                }
                continue;
            };
            if let Some(unused) = place.and_then(|place| unused.get_mut(place)) {
                *unused = false;
            }
            if fresh(one) {
                continue;
            }
            let numbers = std::mem::take(&mut array.numbers);
            match (one.place, given.running.get_mut(one.layer)) {
                (Place::Parameter(number), _) => {
                    if let Some(parameter) = given.parameters.get_mut(number) {
                        *parameter = Some(numbers);
                    }
                }
                (Place::Mean, Some(running)) => *running = Some([numbers, Vec::new()]),
                (Place::Variance, Some(Some([_, variance]))) => *variance = numbers,
                (Place::Mean | Place::Variance, _) => {}
            }
        }
        if !lacking.is_empty() {
            remarks.push(format!(
                "The file has no running means: those of {} begin at 0",
                listed(&lacking)
            ));
        }
        let left = file.arrays.iter().zip(unused).filter(|(_, unused)| *unused);
        let left: Vec<_> = left.map(|(array, _)| array.name.as_str()).collect();
        if !left.is_empty() {
            remarks.push(format!("Not taken from the weights: {}", listed(&left)));
        }
        given.remarks = remarks;
        Ok(given)
    }

    /// Whether the layer that tells the classes begins anew, since the file's tells others, or has another name.
    fn last_is_new(
        &self,
        last: Option<usize>,
        taken: &[Taken],
        found: &Match,
        file: &NamedArrays,
        remarks: &mut Vec<String>,
    ) -> Result<bool, Fault> {
        let of_last = || taken.iter().zip(&found.places).filter(|(one, _)| Some(one.layer) == last);
        if found.places.iter().all(Option::is_none) {
            let names: Vec<_> = file.arrays.iter().map(|array| array.name.as_str()).collect();
            let own: Vec<_> = taken.iter().map(|one| one.name.as_str()).collect();
            return Err(Fault::new(format!(
                "no name fits and neither do the sizes in order: the file has {}, the network {}",
                few(&names),
                few(&own)
            )));
        }
        if of_last().next().is_some() && of_last().all(|(_, place)| place.is_none()) {
            remarks.push(format!(
                "The last layer is new: the file has none that is called {}",
                shown(self.path(last.unwrap_or_default()))
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
            remarks.push(format!(
                "The last layer is new: the file's tells {others} classes, the data have {classes}"
            ));
        }
        Ok(is_new)
    }

    fn path(&self, layer: usize) -> &str {
        self.layers.get(layer).map_or("", |layer| &layer.path)
    }
}

/// The first of some names.
fn few(names: &[&str]) -> String {
    let some = names.get(..3).unwrap_or(names);
    let more = if some.len() < names.len() { " and so on" } else { "" };
    format!("{}{more}", listed(some))
}
