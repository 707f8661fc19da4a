"""The built-in functions of FEEL (DMN 1.5, section 10.3.4), by what they work on."""
