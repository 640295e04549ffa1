"""The attendee's side: stars for anybody, a timetable of one's own, the programme without a net."""
