// Fixtures that observe the whole process, such as its meters or its memory, are marked as not parallelizable.
[assembly: Parallelizable(ParallelScope.Fixtures)]
