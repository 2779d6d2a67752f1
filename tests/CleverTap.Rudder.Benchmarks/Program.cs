using CleverTap.Rudder.Benchmarks.Generation;
using CleverTap.Rudder.Benchmarks.Growth;
using CleverTap.Rudder.Benchmarks.Load;
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
    case ["load", var url, .. var rest]:
        return await RouterLoad.RunAsync(new Uri(url), rest);
    case ["suites", .. var arguments]:
        return SuitesCommand.Run(arguments);
    default:
        await Console.Error.WriteLineAsync(
            """
            usage: throughput FILE [WAY…]   what each way costs for each event of an NDJSON file
                   suites [ARGUMENT…]       BenchmarkDotNet's suites and arguments, such as --filter '*Read*'
                   delivery [sink] [WAY…]   prepared records against a bare HttpClient with the same bodies
                   pipeline [WAY|CASE…]     how well uploads overlap, by each way, against a server that takes its time
                   soak COUNT               that many events read, transformed and delivered, in bounded memory
                   outbox FOLDER            events onto the disk of that folder, against bare SQLite inserts
                   growth                   what a byte costs as events grow; a line is marked where it costs more
                   generate COUNT FILE      realistic events, one a line; the same each time
                   load URL [SECONDS]       router batches of 1000 events to a transformer service
            """
        );
        return 2;
}
