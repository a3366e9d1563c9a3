from app.ui.reading.recent_codes import RecentCodes


def test_a_code_keeps_its_digit_and_the_one_unused_for_longest_goes() -> None:
    told = []
    recent = RecentCodes(lambda: told.append(1))
    for code in "abcdefghi":
        recent.use(code)
    for code in "ab":
        recent.use(code)
    assert [recent.code(number) for number in range(9)] == list("abcdefghi")
    assert len(told) == 9
    recent.use("x")
    assert [recent.code(number) for number in range(9)] == list("abxdefghi")
    assert recent.digits()["x"] == 3
    assert recent.code(9) == recent.code(-1) == ""


def test_digits_are_kept_for_each_project_and_leave_with_their_code() -> None:
    recent = RecentCodes()
    recent.open("one")
    for code in "abc":
        recent.use(code)
    recent.open("two")
    assert recent.digits() == {}
    again = RecentCodes()
    again.open("one")
    assert again.digits() == {"a": 1, "b": 2, "c": 3}
    again.keep({"a", "c", "d"}, {"b": "d"}.get)
    assert again.digits() == {"a": 1, "d": 2, "c": 3}
    again.keep({"a", "c"}, {"d": "a"}.get)
    assert again.digits() == {"a": 1, "c": 2}
