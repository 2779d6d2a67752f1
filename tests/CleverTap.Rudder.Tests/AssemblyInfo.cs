// Of the tests that run in parallel: they wait more than they work.
[assembly: LevelOfParallelism(4)]
