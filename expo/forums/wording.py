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
