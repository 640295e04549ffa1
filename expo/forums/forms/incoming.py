"""The form that takes a programme of another system."""

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length

from expo.web import HouseForm, _l


class ImportForm(HouseForm):
    """A schedule.xml."""

    file = FileField(_l("File"), [FileRequired(_l("Choose a schedule.xml."))])
    code = StringField(
        _l("Code"),
        [InputRequired(), Length(max=40)],
        description=_l("The edition's code: a new one, or that of an earlier import to bring it up to date."),
    )
    timezone = StringField(
        _l("Time zone"),
        [Length(max=60)],
        description=_l("Only where the file names none, such as Europe/Berlin."),
    )
    dry_run = BooleanField(_l("Only look at the file; store nothing"), default=True)
