"""What do files for the bank hold? Requisites understood, and each format as a pure function."""
