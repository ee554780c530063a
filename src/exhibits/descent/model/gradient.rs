//! The loss and its gradient from burn's automatic differentiation, in double precision.

use burn::tensor::{DType, Device, Tensor, TensorData, activation::log_sigmoid};

use crate::{exhibits::descent::model::landscape::Terms, learning::TrainError};

/// A place on a surface as burn sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Slope {
    /// J(θ).
    pub(super) loss: f64,
    /// ∇J(θ).
    pub(super) gradient: [f64; 2],
}

impl Slope {
    /// ‖∇J(θ)‖.
    pub(super) fn norm(&self) -> f64 {
        let [first, second] = self.gradient;
        first.hypot(second)
    }
}

/// A loss whose gradient can be asked for.
pub(super) struct Gradient {
    /// With automatic differentiation.
    device: Device,
    terms: Tensors,
}

/// What a loss is made of, as tensors of 64-bit numbers.
enum Tensors {
    /// Mean of (Xθ − y)².
    Line {
        all: Box<(Tensor<2>, Tensor<2>)>,
        around: Box<(Tensor<2>, Tensor<2>)>,
    },
    /// Mean of −ln σ(Xθ), the rows of X negated for the class 0.
    Logistic {
        all: Box<Tensor<2>>,
        around: Box<Tensor<2>>,
    },
    Rosenbrock,
    Saddle,
}

impl Gradient {
    /// Loads the points onto a device; batches of up to so many points can be asked for.
    pub(super) fn new(terms: &Terms, batch: usize, device: &Device) -> Self {
        let device = device.clone().autodiff();
        let rows = |row: &dyn Fn(&[f64; 2]) -> [f64; 2], more: usize| {
            let points = terms.points();
            let numbers: Vec<f64> =
                points.iter().chain(points.iter().take(more)).flat_map(row).collect();
            let count = points.len() + more.min(points.len());
            matrix(numbers, [count, 2], &device)
        };
        let column = |more: usize| {
            let points = terms.points();
            let numbers: Vec<f64> =
                points.iter().chain(points.iter().take(more)).map(|[_, y]| *y).collect();
            let count = numbers.len();
            matrix(numbers, [count, 1], &device)
        };
        let of_line = |[x, _]: &[f64; 2]| [1.0, *x];
        let of_class = |[x, y]: &[f64; 2]| {
            let sign = 2.0 * y - 1.0;
            [sign, sign * x]
        };
        let tensors = match terms {
            Terms::Line { .. } => Tensors::Line {
                all: Box::new((rows(&of_line, 0), column(0))),
                around: Box::new((rows(&of_line, batch), column(batch))),
            },
            Terms::Logistic { .. } => Tensors::Logistic {
                all: Box::new(rows(&of_class, 0)),
                around: Box::new(rows(&of_class, batch)),
            },
            Terms::Rosenbrock => Tensors::Rosenbrock,
            Terms::Saddle => Tensors::Saddle,
        };
        Self { device, terms: tensors }
    }

    /// Loss and gradient over all points.
    pub(super) fn over_all(&self, theta: [f64; 2]) -> Result<Slope, TrainError> {
        self.differentiate(theta, |theta| match &self.terms {
            Tensors::Line { all, .. } => squared_error(all.0.clone(), all.1.clone(), theta),
            Tensors::Logistic { all, .. } => cross_entropy(Tensor::clone(all), theta),
            Tensors::Rosenbrock => rosenbrock(theta),
            Tensors::Saddle => saddle(theta),
        })
    }

    /// Loss and gradient over some points: the first, and how many, counted around the end. A formula has none, so
    /// it is taken whole.
    pub(super) fn over_batch(
        &self,
        theta: [f64; 2],
        (first, count): (usize, usize),
    ) -> Result<Slope, TrainError> {
        let some = |tensor: &Tensor<2>| tensor.clone().narrow(0, first, count);
        self.differentiate(theta, |theta| match &self.terms {
            Tensors::Line { around, .. } => squared_error(some(&around.0), some(&around.1), theta),
            Tensors::Logistic { around, .. } => cross_entropy(some(around), theta),
            Tensors::Rosenbrock => rosenbrock(theta),
            Tensors::Saddle => saddle(theta),
        })
    }

    fn differentiate(
        &self,
        theta: [f64; 2],
        loss: impl FnOnce(Tensor<2>) -> Tensor<1>,
    ) -> Result<Slope, TrainError> {
        let theta = matrix(theta.to_vec(), [2, 1], &self.device).require_grad();
        let loss = loss(theta.clone());
        let mut gradients = loss.backward();
        let gradient = theta.grad_remove(&mut gradients).ok_or_else(|| {
            TrainError::calculation(phrase!("descent-model-a-gradient-is-missing"))
        })?;
        let gradient = gradient.try_into_vec_as::<f64>().map_err(TrainError::of_library)?;
        let loss =
            loss.without_autodiff().try_into_vec_as::<f64>().map_err(TrainError::of_library)?;
        match (loss.as_slice(), gradient.as_slice()) {
            (&[loss], &[first, second]) => Ok(Slope { loss, gradient: [first, second] }),
            _ => Err(TrainError::calculation(phrase!("descent-model-a-gradient-has-not-two"))),
        }
    }
}

fn matrix(numbers: Vec<f64>, shape: [usize; 2], device: &Device) -> Tensor<2> {
    Tensor::from_data(TensorData::new(numbers, shape), (device, DType::F64))
}

/// X: n × 2, y: n × 1, θ: 2 × 1.
fn squared_error(x: Tensor<2>, y: Tensor<2>, theta: Tensor<2>) -> Tensor<1> {
    let error = x.matmul(theta) - y;
    (error.clone() * error).mean()
}

/// X: n × 2, θ: 2 × 1.
fn cross_entropy(x: Tensor<2>, theta: Tensor<2>) -> Tensor<1> {
    log_sigmoid(x.matmul(theta)).mean().neg()
}

/// Both parameters, 1 × 1 each.
fn parts(theta: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
    (theta.clone().narrow(0, 0, 1), theta.narrow(0, 1, 1))
}

fn rosenbrock(theta: Tensor<2>) -> Tensor<1> {
    let (x, y) = parts(theta);
    let wall = y - x.clone() * x.clone();
    let ahead = x.neg().add_scalar(1.0);
    (ahead.clone() * ahead + (wall.clone() * wall).mul_scalar(100.0)).sum()
}

fn saddle(theta: Tensor<2>) -> Tensor<1> {
    let (x, y) = parts(theta);
    let (xx, yy) = (x.clone() * x, y.clone() * y);
    (xx.mul_scalar(0.5) + (yy.clone() * yy.clone()).mul_scalar(0.25) - yy.mul_scalar(0.5)).sum()
}
