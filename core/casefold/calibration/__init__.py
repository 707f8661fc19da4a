"""How sure a label must be, so that few enough of those accepted are wrong: proved on labelled packages."""
