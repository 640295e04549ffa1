"""What kinds, states and parts are called."""

from expo.words import Sentence, say

FORUM_KIND_NAMES: dict[str, Sentence] = {
    "ceremony": say("Ceremony"),
    "forum": say("Forum"),
    "conference": say("Conference"),
    "roundtable": say("Round table"),
    "roadshow": say("Roadshow"),
    "matchmaking": say("Matchmaking"),
    "workshop": say("Workshop"),
    "social": say("Social event"),
}
TALK_KIND_NAMES: dict[str, Sentence] = {
    "ceremony": say("Ceremony"),
    "keynote": say("Keynote"),
    "talk": say("Talk"),
    "panel": say("Panel"),
    "workshop": say("Workshop"),
    "matchmaking": say("Matchmaking"),
    "social": say("Social event"),
    "break": say("Break"),
}
STATE_NAMES: dict[str, Sentence] = {
    "accepted": say("Accepted"),
    "confirmed": say("Confirmed"),
    "withdrawn": say("Withdrawn"),
}
STATE_TONES = {"accepted": "wait", "confirmed": "good", "withdrawn": "off"}
ROLE_NAMES: dict[str, Sentence] = {
    "speaker": say("Speaker"),
    "chair": say("Chair"),
    "interpreter": say("Interpreter"),
}
ANSWER_NAMES: dict[str, Sentence] = {
    "confirmed": say("said yes"),
    "withdrawn": say("withdrew"),
}
WORRY_NAMES: dict[str, Sentence] = {
    "untitled": say("Talks without a title"),
    "nobody": say("Talks without anybody who speaks"),
    "no_chair": say("Panels without a chair"),
    "day": say("Talks bound to a day without programme"),
    "layout": say("Talks whose layout no room takes"),
    "seats": say("Talks that need more seats than any room has"),
    "equipment": say("Talks whose equipment no room has"),
    "booths": say("Talks that need more booths than any room has"),
    "interpreters": say("Talks without interpreters into a language"),
    "interpreter": say("Interpreters who do not speak the talk's language"),
    "speaker_language": say("Speakers not said to speak their talk's language"),
    "idle": say("People without a part in any talk"),
    "no_email": say("People without an e-mail address"),
}
