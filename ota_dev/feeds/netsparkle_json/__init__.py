"""The app cast of NetSparkle 3 in JSON, which has the names and the choice of installers of an appcast."""
