"""Programs that run the tools Coolhead is compared with; each is run by an interpreter that has the tool."""
