import staff_directory


def test_a_team_is_read_page_by_page(staff):
    assert len(staff_directory.team("support")) == 100
    assert set(staff.calls.operations) == {"ListUsersInGroup"}


def test_who_leaves_is_in_no_team(staff):
    staff_directory.leave("worker005")
    assert "worker005" not in staff_directory.team("support")
    assert not staff.users["worker005"].enabled


def test_the_next_test_finds_them_as_they_were(staff):
    assert staff.calls == []
    assert staff.users["worker005"].enabled
    assert staff.users["worker005"].groups == ["support"]


def test_a_fault_ends_with_its_test(staff):
    staff.fail("AdminListGroupsForUser", "InternalErrorException", attempts=1)
    staff_directory.leave("worker001")
    assert [len(call.attempts) for call in staff.calls.of("AdminListGroupsForUser")] == [2]
