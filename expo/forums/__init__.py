"""Forums, talks, speakers, rooms and the timetable."""
