using CleverTap.Rudder.Benchmarks.Generation;
using CleverTap.Rudder.Benchmarks.Growth;
using CleverTap.Rudder.Benchmarks.Load;
using CleverTap.Rudder.Benchmarks.Startup;
using CleverTap.Rudder.Benchmarks.Suites;
using CleverTap.Rudder.Benchmarks.Throughput;

switch (args)
{
    case ["generate", var count, var file]:
        using (FileStream output = File.Create(file))
        {
            new EventGenerator(seed: 1).WriteLines(output, long.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
        }

        return 0;
    case ["throughput", var file, "--by-kind"]:
        return KindsCommand.Run(file);
    case ["throughput", var file, .. var ways]:
        return ThroughputCommand.Run(file, ways);
    case ["delivery", .. var ways]:
        return await DeliveryCommand.RunAsync(ways);
    case ["pipeline", .. var names]:
        return await PipelineCommand.RunAsync(names);
    case ["soak", var count]:
        return await SoakCommand.RunAsync(long.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
    case ["outbox", var folder]:
        return await OutboxCommand.RunAsync(folder);
    case ["growth"]:
        return GrowthCommand.Run();
    case ["startup"]:
        return await StartupCommand.RunAsync(StartupCommand.DefaultExecutable);
    case ["startup", var executable]:
        return await StartupCommand.RunAsync(executable);
    case ["load", var url, .. var rest]:
        return await RouterLoad.RunAsync(new Uri(url), rest);
    case ["suites", .. var arguments]:
        return SuitesCommand.Run(arguments);
    default:
        await Console.Error.WriteLineAsync(
            """
            usage: throughput FILE [WAY…]   measure each way of processing the events of an NDJSON file
                   throughput FILE --by-kind measure reading and transforming for each kind of event in the file
                   suites [ARGUMENT…]       run the BenchmarkDotNet suites with its arguments, such as --filter '*Read*'
                   delivery [sink] [WAY…]   compare the delivery of records with a bare HttpClient that posts the same bodies
                   pipeline [WAY|CASE…]     measure how well uploads overlap against a server with latency
                   soak COUNT               read, transform and deliver COUNT events in bounded memory
                   outbox FOLDER            compare the outbox with bare SQLite inserts on the disk of FOLDER
                   startup [EXE]            measure the time from the start of a process to its first delivered event
                   growth                   measure the cost per byte of growing events; mark sizes that cost more
                   generate COUNT FILE      write COUNT realistic events, one per line; the same events each time
                   load URL [SECONDS]       send router batches of 1000 events to a transformer service
            """
        );
        return 2;
}
