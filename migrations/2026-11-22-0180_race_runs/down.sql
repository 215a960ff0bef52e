DROP TABLE race_runs;
