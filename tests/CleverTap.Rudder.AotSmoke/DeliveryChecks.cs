using CleverTap.Rudder.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace CleverTap.Rudder.AotSmoke;

/// <summary>Delivers from a host over a socket, through the queue and directly, and checks what the emulator has stored.</summary>
internal static class DeliveryChecks
{
    private const string Identify = """
        {"type":"identify","messageId":"m-1","userId":"user-1","anonymousId":"device-1","originalTimestamp":"2024-03-01T10:00:00Z",
         "traits":{"email":"name@website.com","phone":"phone","plan":"gold"},"context":{"device":{"token":"push-token"},"os":{"name":"Android"}}}
        """;

    private static readonly RudderEvent[] Events =
    [
        RudderEvent.Parse(Identify),
        new TrackEvent
        {
            MessageId = "m-2",
            AnonymousId = "device-1",
            UserId = "user-1",
            Event = "Checked Out",
            Properties = new Dictionary<string, object?> { ["revenue"] = 2000 },
        },
        new TrackEvent { MessageId = "m-3", UserId = "user-2" },
        new TrackEvent
        {
            MessageId = "m-4",
            UserId = "user-2",
            Event = "Seen",
            Integrations = new Dictionary<string, object?> { ["All"] = false },
        },
        new TrackEvent
        {
            MessageId = "m-5",
            UserId = "user-2",
            Event = "Notification Sent",
        },
    ];

    public static async Task RunAsync(Checks checks)
    {
        await using CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync();
        using IHost host = SmokeHost.Build(cleverTap);
        await host.StartAsync();

        ICleverTapQueue queue = host.Services.GetRequiredService<ICleverTapQueue>();
        foreach (RudderEvent rudderEvent in Events)
        {
            await queue.EnqueueAsync(rudderEvent);
        }

        checks.AreEqual("delivery: the queue is flushed", "True", $"{await queue.FlushAsync()}");
        CheckStored(checks, "delivery by the queue", cleverTap);

        cleverTap.Clear();
        DeliveryReport report = await host.Services.GetRequiredService<ICleverTapDestination>().SendAsync(Events);
        string[] outcomes = ["0: Delivered", "1: Delivered", "2: Invalid EventNameMissing", "3: Filtered Integrations", "4: Rejected 513"];
        checks.AreEqual("delivery: outcomes", string.Join("; ", outcomes), string.Join("; ", report));
        checks.AreEqual("delivery: omitted fields", "Phone", string.Join(',', report[0].OmittedFields.Select(omitted => omitted.Field)));
        CheckStored(checks, "delivery by the destination", cleverTap);

        HealthReport health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        checks.AreEqual("delivery: health", "Healthy", $"{health.Status}");
        await host.StopAsync();
    }

    private static void CheckStored(Checks checks, string what, CleverTapEmulator cleverTap)
    {
        StoredProfile? profile = cleverTap.Profiles.GetValueOrDefault("user-1");
        checks.AreEqual(
            $"{what}: attributes",
            """Email="name@website.com",plan="gold" """.TrimEnd(),
            profile is null ? null : Format(profile.Attributes)
        );
        checks.AreEqual($"{what}: device token", "push-token", profile?.DeviceTokens.SingleOrDefault()?.Id);
        checks.AreEqual(
            $"{what}: events",
            "Checked Out revenue=2000",
            string.Join("; ", cleverTap.Events.Select(stored => $"{stored.Name} {Format(stored.Properties)}"))
        );
    }

    private static string Format(IReadOnlyDictionary<string, System.Text.Json.JsonElement> members) =>
        string.Join(',', members.Select(member => $"{member.Key}={member.Value.GetRawText()}"));
}
