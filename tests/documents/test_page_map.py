"""Where the pages of one text stand in another: by their words, or as the pages around them."""

from app.documents.page_map import PageFound, map_pages


def words(number):
    return (
        f"Page {number} speaks of agency {number * 37} and of what {number * 11} people said. " * 6
    )


BODY = [words(1), words(2), "", words(4), words(5)]


def test_a_cover_page_moves_all_pages_on_those_without_words_too():
    found = map_pages(BODY, ["Provided by a library.", *BODY])
    assert found == tuple(PageFound(number, True) for number in range(2, 7))


def test_pages_that_stay_stay_even_where_they_are_alike_or_read_otherwise():
    alike = [words(1)] * 4
    assert [one.page for one in map_pages(alike, alike)] == [1, 2, 3, 4]
    assert map_pages(["", ""], ["words", "more"]) == (PageFound(1, True), PageFound(2, True))


def test_a_page_without_words_is_not_sure_where_a_page_was_put_in_beside_it():
    found = map_pages(BODY, [*BODY[:3], "An insert with words of its own, long enough.", *BODY[3:]])
    assert [one.page for one in found] == [1, 2, 3, 5, 6]
    assert [one.sure for one in found] == [True, True, False, True, True]


def test_without_any_known_words_the_number_of_pages_must_be_the_same():
    assert map_pages(["", ""], ["", "", ""])[1] == PageFound(2, False)
    assert map_pages([words(1)], []) == (PageFound(1, False),)
