"""The form for a photo."""

from flask_wtf.file import FileField, FileRequired

from expo.web import HouseForm, _l


class PhotoForm(HouseForm):
    """A picture of somebody's face."""

    photo = FileField(
        _l("Photo"),
        [FileRequired(_l("Choose a picture."))],
        description=_l(
            "A picture of your face as JPEG, PNG or WebP, up to 8 MB. It is cut to a portrait; where and when"
            " it was taken is not kept."
        ),
    )
