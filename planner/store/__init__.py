"""The encrypted local store.

Nothing is imported here: the lock screen needs only what lies outside (:mod:`planner.store.local` and
:mod:`planner.store.folders`), and SQLCipher is loaded when a notebook is opened.
"""
