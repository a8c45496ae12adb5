"""Which tests hold each thing that the page of limits promises: one line for each sentence of "What it does".

A sentence without a test, or a test that is gone, is noticed by ``test_limits_said``. ``path::name``; a path alone is
all of that file.
"""

from __future__ import annotations

KEYS = "tests/unit/keys/test_keyfile.py"
ROTATE = "tests/store/test_rotate.py"
MEMORY = "tests/proofs/test_memory.py"
BY_ITSELF = "tests/lock/test_locks_by_itself.py"
COPIES = "tests/store/test_backups.py"

HELD: dict[str, list[tuple[str, ...]]] = {
    "passphrase": [
        (
            "tests/store/test_secrets.py::test_no_word_stands_in_the_folder",
            "tests/store/test_notebooks.py::test_ways_to_open",
        ),
        (
            f"{KEYS}::test_weak_and_absurd_parameters_are_refused",
            f"{KEYS}::test_calibration_keeps_the_floor_and_the_ceiling",
        ),
        (f"{ROTATE}::test_old_files_and_the_old_passphrase_open_nothing_new",),
    ],
    "outside": [
        (
            "tests/store/test_secrets.py::test_no_word_stands_in_the_folder",
            "tests/store/test_notebooks.py::test_local_settings_come_back",
        ),
        (
            "tests/unit/system/test_quiet.py::test_names_say_nothing_and_dialogs_are_our_own",
            "tests/unit/test_wheel.py::test_no_installed_file_tells_what_it_is_for",
        ),
    ],
    "lock": [
        (
            "tests/lock/test_out_of_sight.py::test_the_server_has_no_window_left_when_the_store_is_first_asked",
            "tests/gui/test_sight.py",
        ),
        (f"{BY_ITSELF}::test_what_is_half_typed_outlasts_it",),
        (f"{MEMORY}::test_after_the_lock_nothing_is_in_any_process_and_on_no_disk",),
        (
            "tests/lock/test_out_of_sight.py::test_after_the_key_nothing_of_ours_runs_and_the_last_letter_is_kept",
            "tests/lock/test_out_of_sight.py::test_after_a_lock_a_new_process_shows_the_lock_screen",
        ),
    ],
    "by-itself": [
        (f"{BY_ITSELF}::test_five_minutes_with_a_warning_unless_something_else_is_chosen",),
        (
            "tests/lock/test_away_linux.py::test_it_is_heard_once",
            "tests/gui/test_away.py::test_an_open_notebook_is_locked_and_once_is_enough",
        ),
    ],
    "everyday": [
        (
            "tests/gui/test_several_notebooks.py::test_one_more_is_made_beside_the_others",
            "tests/gui/test_everyday.py::test_only_the_plain_pages_can_be_opened",
        ),
        (
            "tests/gui/test_everyday.py::test_it_may_begin_with_ordinary_things_around_today",
            "tests/gui/test_everyday.py::test_all_of_it_can_be_changed_and_removed",
        ),
        ("tests/store/test_side_by_side.py", "tests/store/test_notebooks.py::test_several_notebooks"),
    ],
    "name": [
        (
            "tests/quiet/test_process.py::test_the_name_that_was_chosen_is_the_only_one_on_the_screen",
            "tests/quiet/test_shortcut.py",
        ),
        ("tests/gui/test_settings.py::test_reminders_are_off_and_speak_her_own_words",),
    ],
    "stick": [
        (
            "tests/store/test_notebooks.py::test_the_folder_beside_the_program_comes_first",
            "tests/portable/test_nothing_on_the_host.py::test_a_tour_from_the_stick_leaves_nothing_and_what_is_left_on_purpose_is_seen",
        ),
        (
            "tests/portable/test_nothing_on_the_host.py::test_a_tour_from_the_stick_leaves_nothing_and_what_is_left_on_purpose_is_seen",
        ),
        ("tests/portable/test_pulled_out.py::test_what_was_saved_is_there_when_the_stick_is_back",),
    ],
    "log": [
        ("tests/gui/test_kept_and_opened.py::test_it_is_not_told_at_the_first_opening_and_from_then_on_it_is",),
        (
            "tests/gui/test_kept_and_opened.py::test_looking_is_noted_once_a_day_and_opening_and_only_for_a_worker",
            "tests/gui/test_kept_and_opened.py::test_every_way_out_writes_a_line",
            "tests/unit/exchange/test_gate.py::test_what_left_is_written_down_without_content",
        ),
        ("tests/session/test_retention.py::test_the_log_is_kept_a_year_then_announced_then_removed",),
    ],
    "network": [
        ("tests/lock/test_no_sockets.py", "tests/unit/test_sockets.py"),
        ("tests/lock/test_only_local.py::test_a_socket_of_a_library_or_a_child_is_refused",),
    ],
    "ways-in": [
        ("tests/store/test_notebooks.py::test_ways_to_open",),
        (
            "tests/unit/keys/test_shares.py::test_any_that_are_enough_give_the_key_in_any_order",
            "tests/unit/keys/test_shares.py::test_fewer_give_nothing",
        ),
        ("tests/store/test_shares.py::test_a_passphrase_that_was_taken_away_opens_nothing_even_with_the_old_file",),
    ],
    "files": [
        ("tests/apart/test_files.py", "tests/apart/test_hostile_children.py::test_it_has_no_open_file_of_ours"),
        (
            "tests/unit/exchange/test_calendar_read.py::test_too_much_is_told_at_once",
            "tests/unit/packs/test_pack_hostile.py::test_a_bomb_is_refused_before_it_is_unpacked",
            "tests/unit/packs/test_pack_hostile.py::test_a_link_in_a_folder_is_refused_and_not_followed",
            "tests/apart/test_hostile_children.py::test_one_that_takes_too_long_is_given_up_and_gone",
            "tests/apart/test_hostile_children.py::test_it_cannot_eat_the_memory_of_the_computer",
        ),
        (
            "tests/apart/test_hostile_children.py::test_it_writes_nothing",
            "tests/apart/test_hostile_children.py::test_it_reads_no_file_of_anybody",
            "tests/apart/test_hostile_children.py::test_it_starts_nothing_opens_no_socket_and_looks_at_nobody",
        ),
    ],
    "copies": [
        (
            "tests/gui/test_copies_by_themselves.py::test_the_copy_of_the_day_is_made_in_a_quiet_moment_without_a_word",
            "tests/store/test_backups_thinning.py::test_as_promised_under_a_right_clock",
        ),
        (
            f"{COPIES}::test_a_copy_that_came_out_wrong_is_not_kept",
            f"{COPIES}::test_made_whole_and_listed_without_a_key",
        ),
        ("tests/store/test_backups_keys.py::test_copies_follow_the_keys_of_the_notebook",),
    ],
    "erase": [
        (
            "tests/session/test_erasing.py::test_the_account_counts_what_goes_and_names_what_is_out_of_reach",
            "tests/gui/test_erase.py::test_a_goal_is_erased_after_a_look_and_two_presses",
        ),
        ("tests/session/test_erasing.py::test_a_goal_goes_with_all_that_belongs_to_it_and_no_word_stays_in_the_file",),
    ],
    "paper": [
        (
            "tests/gui/test_print.py::test_what_the_pages_tell_follows_every_choice",
            "tests/unit/exchange/test_gate.py::test_the_sentences_say_exactly_what_the_pages_hold",
        ),
        (
            "tests/unit/exchange/test_paper.py::test_a_paper_does_not_say_who_made_it_with_what_and_when",
            "tests/gui/test_paper_leaves.py::test_without_a_passphrase_only_after_what_it_means",
        ),
        (
            "tests/gui/test_papers_leave.py::test_a_copy_of_a_photo_says_nothing_of_place_and_time_and_shows_every_pixel",
        ),
    ],
    "hibernation": [(f"{BY_ITSELF}::test_the_real_process_ends_and_then_the_machine_may_sleep",)],
    "screen": [
        (
            "tests/unit/system/test_quiet.py::test_a_copied_text_goes_after_twenty_seconds",
            "tests/quiet/test_clipboard.py::test_it_is_gone_after_a_while_and_on_lock_hide_and_quit",
        ),
        (
            "tests/quiet/test_clipboard.py::test_what_a_field_copies_can_be_pasted_and_bears_the_hint",
            "tests/quiet/test_fields.py::test_an_input_method_is_told_to_learn_nothing",
        ),
    ],
    "elsewhere": [("tests/store/test_secrets.py::test_no_word_stands_in_the_folder",)],
}
