"""Makes the files beside it: networks that Keras saved, and what Keras makes of them.

Keras 3.15.1 with KERAS_BACKEND=jax. In each NAME.csv: the logarithms of the shares of all images in evaluation, the loss of
a step of SGD with rate 0.01, the gradient of each weight in it (laid out as the operators of ONNX read it), and the
logarithms of the shares afterwards.
"""

import os
import pathlib

os.environ["KERAS_BACKEND"] = "jax"

import jax
import jax.numpy as jnp
import keras
import numpy as np
from keras import layers as L

FOLDER = pathlib.Path(__file__).parent
LABELS = np.array([0, 2, 1, 2])


def sequential():
    return keras.Sequential(
        [
            keras.Input((12, 10, 3)),
            L.Conv2D(6, 3, strides=2, padding="same", activation="relu", name="first"),
            L.BatchNormalization(name="first_norm"),
            L.Conv2D(8, 3, use_bias=False),
            L.BatchNormalization(scale=False, momentum=0.9),
            L.Activation("swish"),
            L.MaxPooling2D(2, padding="same"),
            L.Flatten(),
            L.BatchNormalization(),
            L.LeakyReLU(),
            L.Dropout(0.0),
            L.Dense(16, activation="gelu"),
            L.BatchNormalization(center=False),
            L.Dense(3, activation="softmax", name="classes"),
        ]
    )


def functional():
    image = keras.Input((9, 7, 3), name="image")
    x = keras.Sequential([L.RandomFlip(), L.RandomRotation(0.1)], name="changes")(image)
    x = L.Rescaling(1 / 127.5, offset=-1)(x)
    start = x = L.Conv2D(4, 3, padding="same", name="stem")(x)
    inner = keras.Sequential(
        [L.Conv2D(4, 3, padding="same", name="conv"), L.BatchNormalization(name="norm"), L.ReLU(6)],
        name="inner",
    )
    maps = keras.Input((9, 7, 4))
    y = L.Conv2D(4, 1, name="point")(maps)
    block = keras.Model(maps, L.Add(name="sum")([maps, inner(y)]), name="block")
    # The block stands twice, with the same weights.
    x = block(block(x))
    share = L.GlobalAveragePooling2D(keepdims=True)(x)
    share = L.Dense(4, activation="hard_sigmoid", name="share")(share)
    x = L.Multiply()([x, share])
    x = L.Concatenate()([x, start, x * 0.5 + start])
    x = keras.ops.relu(x - 0.1)
    x = L.AveragePooling2D(3, strides=2, padding="same")(x)
    left = L.Flatten()(x)
    right = L.Flatten()(L.PReLU(shared_axes=[1, 2])(L.Conv2D(5, 1)(x)))
    left = L.Dense(6, activation="tanh")(left)
    x = L.Concatenate()([left, right])
    return keras.Model(image, L.Dense(3, name="classes")(x))


def spread():
    image = keras.Input((8, 6, 3))
    # Their moments are read below, so that they are of no one's images.
    x = L.Normalization(mean=[0.4, 0.5, 0.6], variance=[0.04, 0.09, 0.16])(image)
    x = L.DepthwiseConv2D(3, depth_multiplier=2, strides=1, padding="same", activation="elu")(x)
    x = L.GroupNormalization(groups=3)(x)
    x = L.SeparableConv2D(8, 3, strides=2, padding="same", depth_multiplier=2, activation="selu")(x)
    x = L.LayerNormalization()(x)
    x = L.Conv2DTranspose(6, 3, strides=2, padding="same", activation="softplus")(x)
    x = L.Conv2DTranspose(4, 2, strides=3, activation="relu6")(x)
    x = L.AveragePooling2D(3)(x)
    x = L.LayerNormalization(axis=[1, 2, 3])(x)
    x = L.ZeroPadding2D(((1, 2), (0, 3)))(x)
    a = L.Conv2D(8, 3, dilation_rate=2, groups=2, padding="same", activation="softsign")(x)
    b = L.Conv2D(8, (2, 3), padding="same", activation="mish")(x)
    c = L.Conv2DTranspose(8, 4, padding="same", activation="hard_silu")(x)
    x = L.Average()([L.Maximum()([a, b]), L.Minimum()([b, c]), L.Subtract()([a, c])])
    x = L.UpSampling2D((2, 3))(x)
    x = L.Cropping2D(((1, 0), (2, 5)))(x)
    x = L.MaxPooling2D((3, 2))(x)
    x = L.UpSampling2D(2, interpolation="bilinear")(x)
    x = L.Permute((2, 1, 3))(x)
    x = L.Softmax()(L.Activation("linear")(x))
    y = L.Reshape((-1, 8))(x)
    y = L.Dense(4, name="tokens")(y)
    y = L.Reshape((4, -1, 2))(y)
    y = L.Conv2D(3, 2, name="turned")(y)
    y = L.Flatten()(L.BatchNormalization()(y))
    y = L.PReLU(name="slopes")(y)
    y = L.LayerNormalization()(y)
    z = L.Dense(5, activation=L.LeakyReLU(0.1))(L.GlobalMaxPooling2D()(x))
    x = L.Dense(3)(L.Concatenate()([y, z]))
    return keras.Model(image, L.Softmax()(x))


def open_to_all_sizes():
    """Where `same` pads depends on the size of images, which the file does not say."""
    layers = [L.Conv2D(4, (3, 2), strides=(2, 3), padding="same"), L.MaxPooling2D(3, padding="same")]
    layers += [L.ZeroPadding2D(1), L.Cropping2D(((0, 1), (1, 0))), L.GlobalMaxPooling2D(), L.Dense(3)]
    return keras.Sequential([keras.Input((None, None, 3)), *layers])


def images(shape):
    rows, columns, channels = shape
    rows, columns = rows or 11, columns or 9
    count = len(LABELS) * rows * columns * channels
    numbers = ((np.arange(count) * 37 % 101) / 100) ** 2
    return numbers.reshape(len(LABELS), channels, rows, columns).transpose(0, 2, 3, 1).astype("float32")


def laid_out(layer, name, array):
    """A weight of Keras as the operator of ONNX reads it."""
    if array.ndim == 4:
        if name == "depthwise_kernel" or isinstance(layer, L.DepthwiseConv2D):
            rows, columns, channels, each = array.shape
            return array.transpose(2, 3, 0, 1).reshape(channels * each, 1, rows, columns)
        return array.transpose(3, 2, 0, 1)
    if array.ndim == 2 and isinstance(layer, L.Dense):
        before = layer.input
        return array if before.ndim == 3 else array.T
    if array.ndim == 3:
        return array.transpose(2, 0, 1)
    return array


def weights(model, prefix=""):
    seen = set()
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            yield from weights(layer, f"{prefix}{layer.name}.")
            continue
        for weight in layer.trainable_variables:
            if id(weight) not in seen:
                seen.add(id(weight))
                path = f"{prefix}{layer.name}"
                name = weight.name
                if isinstance(layer, L.SeparableConv2D):
                    part = "depthwise" if name == "depthwise_kernel" else "pointwise"
                    path, name = f"{path}_{part}", name.split("_")[-1]
                yield f"{path}.{name}", layer, weight


def row(name, numbers):
    return ";".join([name] + [f"{number:.9g}" for number in np.asarray(numbers, "float64").ravel()])


def make(name, build, flat):
    """`flat`: the rows, columns and channels of maps that layers of these names read flattened."""
    keras.utils.clear_session()
    model = build()
    generator = np.random.default_rng(sum(name.encode()))
    for weight in model.weights:
        if "seed" in weight.path:
            continue
        wave = generator.uniform(-1, 1, weight.shape)
        if weight.name in ("gamma", "moving_variance"):
            wave = 1 + 0.3 * wave
        elif weight.ndim > 1:
            wave = wave * np.sqrt(3 / (np.prod(weight.shape) / weight.shape[-1]))
        else:
            wave = 0.2 * wave
        weight.assign(wave)
    model.save(FOLDER / f"{name}.keras")
    pixels = images(model.input_shape[1:]) * (255 if name == "functional" else 1)

    def logarithms(trained, untrained, training):
        out, after = model.stateless_call(trained, untrained, pixels, training=training)
        if name in ("functional", "open"):
            return jax.nn.log_softmax(out), after
        return jnp.log(out), after

    def loss(trained, untrained):
        out, after = logarithms(trained, untrained, True)
        return -jnp.mean(out[jnp.arange(len(LABELS)), LABELS]), after

    trained = [variable.value for variable in model.trainable_variables]
    untrained = [variable.value for variable in model.non_trainable_variables]
    rows = [row("logarithms", logarithms(trained, untrained, False)[0])]
    # What changes pictures at random is left out of the step.
    for layer in model.layers:
        if layer.name == "changes":
            layer.call = lambda inputs, *_, **__: inputs
    (told, after), gradients = jax.value_and_grad(loss, has_aux=True)(trained, untrained)
    rows.append(row("loss", [told]))
    of = {id(variable): gradient for variable, gradient in zip(model.trainable_variables, gradients)}
    for path, layer, weight in weights(model):
        gradient = np.asarray(of[id(weight)])
        maps = flat.get(layer.name, ())
        if maps and len(gradient) == np.prod(maps):
            # Operators of ONNX have flattened them channel by channel.
            gradient = gradient[np.arange(np.prod(maps)).reshape(maps).transpose(2, 0, 1).ravel()]
        rows.append(row(path, laid_out(layer, weight.name, gradient)))
    trained = [weight - 0.01 * gradient for weight, gradient in zip(trained, gradients)]
    rows.append(row("after", logarithms(trained, after, False)[0]))
    (FOLDER / f"{name}.csv").write_text("\n".join(rows) + "\n")


make("sequential", sequential, {"batch_normalization_1": (2, 2, 8), "dense": (2, 2, 8)})
make("functional", functional, {"dense": (5, 4, 12)})
make("spread", spread, {})
make("open", open_to_all_sizes, {})

lambdas = [keras.Input((4, 4, 1)), L.Flatten(), L.Lambda(lambda x: x + 1, name="plus"), L.Dense(2)]
keras.Sequential(lambdas).save(FOLDER / "lambda.keras")
