from detente.ontology import CONTEXTS, FROM_CAMEO, MODES, SECTORS, TYPE_INFO, TYPES, Act, feed_names, from_cameo, to_cameo


def test_counts_of_plover() -> None:
    assert len(TYPES) == 16
    assert len(CONTEXTS) == len(set(CONTEXTS)) == 37
    assert len(SECTORS) == len(set(SECTORS)) == 29


def test_quads_follow_the_codebook() -> None:
    assert TYPE_INFO["SANCTION"].quad == TYPE_INFO["PROTEST"].quad == 4
    assert {t for t, i in TYPE_INFO.items() if i.quad == 2} == {"COOPERATE", "AID", "RETREAT"}
    assert all((i.intensity > 0) == (i.quad < 3) for i in TYPE_INFO.values())


def test_cameo_maps_to_known_acts_only() -> None:
    for act in FROM_CAMEO.values():
        assert act.type in TYPES
        assert act.mode is None or act.mode in MODES[act.type]


def test_cameo_there_and_back() -> None:
    assert from_cameo("0841") == Act("RETREAT", "release")
    assert from_cameo("0234") == Act("REQUEST", "assist")
    assert from_cameo("010") is None
    assert to_cameo("RETREAT", "release") == "0841"
    assert to_cameo("ASSAULT") == "18"
    for kind in TYPES:
        for mode in (None, *MODES[kind]):
            assert from_cameo(to_cameo(kind, mode)).type == kind  # type: ignore[union-attr]


def test_feed_names_name_real_columns() -> None:
    from detente.record.schemas import SCHEMAS

    columns = {name for schema in SCHEMAS.values() for name in schema.names}
    for feed in ("POLECAT", "GDELT"):
        assert {c for c in feed_names(feed).values() if c} <= columns
