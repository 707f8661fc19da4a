"""The expression language FEEL (DMN 1.5, chapter 10): parse, print, build, evaluate."""
