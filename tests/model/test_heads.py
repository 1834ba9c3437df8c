import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detente.model.decode import stretches, tag_path
from detente.model.heads import bucket, gelu, softmax
from detente.model.labels import DISTANCES


def test_gelu_is_the_exact_form() -> None:
    x = np.linspace(-5, 5, 101, dtype=np.float32)
    exact = np.array([0.5 * v * (1 + math.erf(v / math.sqrt(2))) for v in x])
    assert np.abs(gelu(x) - exact).max() < 1e-5


@given(st.integers(-100000, 100000))
def test_buckets_are_signed_and_in_range(distance: int) -> None:
    here, mirrored = (int(bucket(np.array([d]))[0]) for d in (distance, -distance))
    assert 0 <= here < DISTANCES
    assert here + mirrored == DISTANCES - 1


def test_stretches_bridge_small_gaps_and_drop_lone_tokens() -> None:
    assert stretches(np.array([-4, 4, 4, -1, 4, 4, -4, -4], dtype=np.float32), 3.0) == [(1, 6)]
    assert stretches(np.array([-4, 2, -4], dtype=np.float32), 3.0) == []
    assert stretches(np.array([5, 5], dtype=np.float32), 3.0) == [(0, 2)]
    assert stretches(np.array([], dtype=np.float32), 3.0) == []


@given(st.lists(st.lists(st.floats(-5, 5), min_size=3, max_size=3), min_size=1, max_size=12))
def test_an_inner_tag_never_follows_an_outer_one(rows: list[list[float]]) -> None:
    path, _ = tag_path(np.array(rows, dtype=np.float32), 0.0, "OBI")
    tags = "".join("OBI"[i] for i in path)
    assert not tags.startswith("I")
    assert "OI" not in tags


def test_softmax_sums_to_one() -> None:
    assert np.allclose(softmax(np.array([[1000.0, 0, -1000]], dtype=np.float32)).sum(), 1)
