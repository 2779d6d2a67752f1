using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.AotSmoke;

/// <summary>Checks a mapper of the host, and rules from configuration.</summary>
internal static class HostRuleChecks
{
    private const string Seen = """{"type":"track","userId":"user-1","event":"Seen","properties":{"a":1,"debug":2}}""";

    private const string Nameless = """{"type":"track","userId":"user-1"}""";

    private const string Rules = """
        ,"DenyEvents":["Ping"],"RenameEvents":{"Web Page Viewed: Home":"Home"},"RenameProperties":{"colour":"Color"},"DropProperties":["ip"]
        """;

    public static async Task RunAsync(Checks checks)
    {
        RunMapper(checks);
        await RunRulesAsync(checks);
    }

    private static void RunMapper(Checks checks)
    {
        var mappers = CallMappers.Default with { Track = new ShopMapper(CallMappers.Default.Track) };
        var transformer = new CleverTapTransformer(MappingOptions.Default with { Mappers = mappers });
        checks.AreEqual(
            "host: mapper",
            """{"type":"event","identity":"user-1","evtName":"Seen","evtData":{"a":1,"shop":"de"}}""",
            TransformChecks.Format(transformer.Transform(Seen))
        );
        checks.AreEqual("host: mapper that throws", "HostRule", TransformChecks.Format(transformer.Transform(Nameless)));
    }

    private static async Task RunRulesAsync(Checks checks)
    {
        await using CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync();
        using IHost host = SmokeHost.Build(cleverTap, mapping: Rules);
        DeliveryReport report = await host
            .Services.GetRequiredService<ICleverTapDestination>()
            .SendAsync([
                new TrackEvent { UserId = "user-1", Event = "Ping" },
                new PageEvent
                {
                    UserId = "user-1",
                    Name = "Home",
                    Properties = default(JsonBag).With("colour", "red").With("ip", "10.0.0.1"),
                },
            ]);
        checks.AreEqual("host: rules from configuration", "0: Filtered EventList; 1: Delivered", string.Join("; ", report));
        StoredEvent? stored = cleverTap.Events.SingleOrDefault();
        checks.AreEqual("host: renamed and dropped", "Home Color", $"{stored?.Name} {string.Join(',', stored?.Properties.Keys ?? [])}");
    }

    private sealed class ShopMapper(ICallMapper<TrackEvent> next) : ICallMapper<TrackEvent>
    {
        public TransformResult Map(TrackEvent rudderEvent, MappingOptions options) =>
            rudderEvent.Event is null
                ? throw new InvalidOperationException()
                : next.Map(rudderEvent with { Properties = rudderEvent.Properties.With("shop", "de").Without("debug") }, options);
    }
}
