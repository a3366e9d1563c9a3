"""The sample review: 46 invented studies, coded by two invented analysts, made from a seed."""
