// Most of the tests wait for a process: the fixtures share no state.
[assembly: Parallelizable(ParallelScope.Fixtures)]
