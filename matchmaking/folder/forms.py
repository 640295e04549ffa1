"""The form that takes a folder's files."""

from flask_wtf.file import FileRequired, MultipleFileField
from wtforms import BooleanField, StringField
from wtforms.validators import Length, Optional

from expo.web import HouseForm, _l


class UploadForm(HouseForm):
    """One ZIP archive, or the files themselves."""

    files = MultipleFileField(
        _l("Files"),
        [FileRequired(_l("Choose the files, or one ZIP archive of them."))],
        description=_l("One ZIP archive of the folder, or all its files: edition.toml with CSV or XLSX."),
    )
    code = StringField(
        _l("Code"),
        [Optional(), Length(max=40)],
        description=_l("Only if the edition is to have another code than edition.toml gives it."),
    )
    dry_run = BooleanField(_l("Only check the files; store nothing"), default=True)
