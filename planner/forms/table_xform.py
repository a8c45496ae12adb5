"""From the sheets of a table to an XForm, in memory alone.

What pyxform offers for this writes the whole form into the folder for temporary files first, for validators that do not
run here; nothing of a form stands on a disk outside the notebook. These are the same steps without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def xform_in_memory(sheets: Mapping[str, Any], warnings: list[str]) -> tuple[str, str]:
    """The XForm of these sheets, and what a sheet ``external_choices`` becomes, or empty; adds to ``warnings``.

    Raises:
        PyXFormError: there is a mistake in the form.
        UnicodeEncodeError: it holds halves of letters.
    """
    from pyxform.builder import create_survey_element_from_dict
    from pyxform.utils import external_choices_to_csv, has_external_choices
    from pyxform.validators.pyxform.iana_subtags.validation import get_languages_with_bad_tags
    from pyxform.xls2json import workbook_to_json
    from pyxform.xls2json_backends import get_xlsform

    book = get_xlsform(dict(sheets))
    made = workbook_to_json(workbook_dict=book, fallback_form_name=book.fallback_form_name, warnings=warnings)
    itemsets = external_choices_to_csv(workbook_dict=book) if has_external_choices(json_struct=made) else None
    survey = create_survey_element_from_dict(made)
    xform: str = survey._to_ugly_xml()  # noqa: SLF001 - what has a public name writes a file
    xform.encode()
    bad = get_languages_with_bad_tags(survey._translations or {})  # noqa: SLF001 - filled by what stands above
    if bad:
        warnings.append(_BAD_LANGUAGES.format(", ".join(bad)))
    return xform, itemsets or ""


_BAD_LANGUAGES = (
    "The following language declarations do not contain valid machine-readable codes: {}. "
    "Learn more: http://xlsform.org#multiple-language-support"
)
"""Word for word as pyxform says it, for what puts its messages into ours."""
