"""The attendee's side: stars for anybody, a timetable of one's own, feeds of it, the programme without a net."""
