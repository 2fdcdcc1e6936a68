"""Makes the windows that lie in flash, the classifier's weights, and what both should give, in float64. Run it in this folder."""
import numpy as np

SCALE = np.array([9.81 / 4096] * 3 + [np.pi / 180 / 16.4] * 3)
TAPS = np.array([1, 4, 6, 4, 1]) / 16
TIME = np.arange(50) / 100


def window(kind, rng):
    """50 samples of six channels, as counts."""
    tilt, phase, speed = rng.uniform(-0.3, 0.3, 2), rng.uniform(0, 2 * np.pi, 6), rng.uniform(0.9, 1.1)
    gravity = np.array([-np.sin(tilt[1]), np.sin(tilt[0]) * np.cos(tilt[1]), np.cos(tilt[0]) * np.cos(tilt[1])]) * 4096
    hertz, accelerometer, gyroscope = {"rest": (1, 0, 0), "walking": (2 * speed, 1200, 700), "shaking": (7 * speed, 7000, 9000)}[kind]
    amplitude = np.r_[[accelerometer] * 3, [gyroscope] * 3] * rng.uniform(0.5, 1, 6)
    x = np.r_[gravity, 0, 0, 0] + amplitude * np.sin(2 * np.pi * hertz * TIME[:, None] + phase) + rng.normal(0, 12, (50, 6))
    return np.clip(np.rint(x), -32768, 32767).astype(np.int16)


def features(counts):
    x = counts.astype(np.float64) * SCALE
    mean, deviation = x.mean(0), x.std(0)
    above = x - mean > 0
    smooth = np.apply_along_axis(np.convolve, 0, x, TAPS, "valid")
    a = x[:, :3]
    magnitude = np.linalg.norm(a, axis=1)
    g = a.mean(0)
    statistics = np.array([
        mean, deviation, x.min(0), x.max(0), np.ptp(x, 0), np.sqrt((x**2).mean(0)),
        (above[1:] != above[:-1]).sum(0), np.abs(np.diff(x, axis=0)).mean(0), np.abs(smooth).max(0),
    ])
    return np.concatenate([
        statistics[:, :3].ravel(), statistics[:, 3:].ravel(),
        [magnitude.mean(), magnitude.std()],
        np.cov(a.T, bias=True).ravel(), np.corrcoef(a.T).ravel(),
        [np.arctan2(g[1], g[2]), np.arctan2(-g[0], np.hypot(g[1], g[2]))],
    ])


def softmax(z):
    e = np.exp(z - z.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


rng = np.random.default_rng(1)
KINDS = ["rest", "walking", "shaking"]
x = np.array([features(window(kind, rng)) for kind in KINDS for _ in range(200)])
labels = np.eye(3)[np.repeat([0, 1, 2], 200)]
centre, spread = x.mean(0), x.std(0) + 1e-9
z, w, b = (x - centre) / spread, np.zeros((3, x.shape[1])), np.zeros(3)
for _ in range(500):
    error = softmax(z @ w.T + b) - labels
    w -= 0.1 * (error.T @ z / len(z) + 0.01 * w)
    b -= 0.1 * error.mean(0)
w, b = (w / spread).astype(np.float32), (b - (w / spread) @ centre).astype(np.float32)

windows = np.array([window(kind, rng) for kind in KINDS])
expected = np.array([features(window) for window in windows])
probabilities = softmax(expected @ w.T.astype(np.float64) + b)
print(probabilities.round(4), expected.shape, np.abs(w).max())
for name, value in dict(windows=windows.reshape(3, 50, 2, 3), weights=w, bias=b, expected=expected.astype(np.float32), probabilities=probabilities.astype(np.float32)).items():
    np.save(f"{name}.npy", np.ascontiguousarray(value))
