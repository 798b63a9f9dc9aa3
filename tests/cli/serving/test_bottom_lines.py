"""What stays in sight has a place by its key."""

from ota_dev.cli.serving.bottom_lines import BottomLines


def test_lines_stay_in_the_order_in_which_their_keys_came() -> None:
    bottom = BottomLines()

    bottom.set("problems", "one problem")
    bottom.set("progress", "a.zip 10%", "b.zip 20%")
    bottom.set("problems", "two problems")

    assert bottom.lines == ("two problems", "a.zip 10%", "b.zip 20%")


def test_a_key_without_lines_is_gone() -> None:
    bottom = BottomLines()
    bottom.set("problems", "one")
    bottom.set("progress", "10%")

    bottom.clear("problems")
    bottom.set("progress")

    assert bottom.lines == ()


def test_only_changes_are_told() -> None:
    changes: list[tuple[str, ...]] = []
    bottom = BottomLines(lambda: changes.append(bottom.lines))

    bottom.clear("problems")
    bottom.set("problems", "one")
    bottom.set("problems", "one")
    bottom.clear("problems")

    assert changes == [("one",), ()]
