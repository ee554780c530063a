//! Single numbers that may be none, or beyond all bounds: JSON has no word for those, so a frame writes them as texts.
//!
//! Outside of frames they stay what JSON libraries make of them, `null`.

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{DeserializeOwned, Error as _},
};

use super::array::in_frame;

/// One number, or several.
pub trait Exact: Sized {
    /// How it is written in a frame.
    type Form: Serialize + DeserializeOwned;

    /// As it is written.
    fn form(&self) -> Self::Form;

    /// As it was written.
    fn of(form: Self::Form) -> Option<Self>;
}

/// A number as JSON has them, or the name of one that it lacks.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub enum Form {
    /// A finite one.
    Finite(f64),
    /// `NaN`, `inf` or `-inf`.
    Named(String),
}

impl Exact for f64 {
    type Form = Form;

    fn form(&self) -> Form {
        if self.is_finite() { Form::Finite(*self) } else { Form::Named(self.to_string()) }
    }

    fn of(form: Form) -> Option<Self> {
        match form {
            Form::Finite(number) => Some(number),
            Form::Named(name) => match name.as_str() {
                "NaN" => Some(Self::NAN),
                "inf" => Some(Self::INFINITY),
                "-inf" => Some(Self::NEG_INFINITY),
                _ => None,
            },
        }
    }
}

impl Exact for f32 {
    type Form = Form;

    fn form(&self) -> Form {
        f64::from(*self).form()
    }

    fn of(form: Form) -> Option<Self> {
        f64::of(form).map(|number| number as Self)
    }
}

impl<T: Exact + Copy, const N: usize> Exact for [T; N] {
    type Form = Vec<T::Form>;

    fn form(&self) -> Self::Form {
        self.iter().map(T::form).collect()
    }

    fn of(form: Self::Form) -> Option<Self> {
        let numbers: Option<Vec<T>> = form.into_iter().map(T::of).collect();
        numbers?.try_into().ok()
    }
}

impl<T: Exact> Exact for Option<T> {
    type Form = Option<T::Form>;

    fn form(&self) -> Self::Form {
        self.as_ref().map(T::form)
    }

    fn of(form: Self::Form) -> Option<Self> {
        match form {
            Some(form) => T::of(form).map(Some),
            None => Some(None),
        }
    }
}

/// Writes numbers.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<T: Exact + Serialize, S: Serializer>(
    number: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    if in_frame() { number.form().serialize(serializer) } else { number.serialize(serializer) }
}

/// Reads numbers.
///
/// # Errors
/// If they are none.
pub fn deserialize<'de, T: Exact, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let form = T::Form::deserialize(deserializer)?;
    T::of(form).ok_or_else(|| D::Error::custom(say!("stream-a-number-is-neither-finite")))
}
