using System.Text.Json;
using System.Text.Json.Nodes;

namespace CleverTap.Rudder.BrowserTests.DeviceMode;

/// <summary>Compares what CleverTap's real web SDK sends for the calls of the guide with what cloud mode uploads.</summary>
/// <remarks>The SDK causes all differences; they are listed here.</remarks>
public sealed class GuideTests
{
    private static readonly string[] Calls = ["identify", "page", "track", "order-completed"];

    private static readonly Dictionary<string, string[]> Differences = new()
    {
        ["identify"] =
        [
            "(ts): 1709287200 -> nothing", // messages of the SDK have the time of sending
            "DOB: \"birthday\" -> nothing", // the SDK omits it if it is not a date
            "Phone: \"phone\" -> nothing", // the SDK omits it if it is not +<country code><number>
            "tz: nothing -> \"GMT+0900\"", // the time zone of the browser
        ],
        ["page"] =
        [
            "(evtName): \"Web Page Viewed: Cart Viewed\" -> \"Web Page Viewed Cart Viewed\"", // the SDK removes . : $ ' " and \ from names
            "(identity): \"userid\" -> nothing", // events belong to the user who has logged in
            "(ts): 1709287210 -> nothing",
        ],
        ["track"] =
        [
            "(identity): \"userid\" -> nothing",
            "(ts): 1709287230 -> nothing",
            "Odered: \"[\\\"T-Shirt\\\",\\\"jacket\\\"]\" -> \"[T-Shirt,jacket]\"", // the SDK removes ' " and \ from texts
        ],
        ["order-completed"] =
        [
            "(identity): \"userid\" -> nothing",
            "(ts): 1709287240 -> nothing",
            "Items[2].Book name: \"Chuck it, let's do it\" -> \"Chuck it, lets do it\"",
        ],
    };

    [Test]
    public async Task SDK_messages_equal_cloud_mode_records_except_for_known_differences()
    {
        using JsonDocument guide = JsonDocument.Parse(
            await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "DeviceMode", "guide-calls.json"))
        );
        RudderEvent[] events = [.. Calls.Select(name => RudderEvent.Parse(guide.RootElement.GetProperty(name)))];
        await using Visit visit = await Visit.StartAsync(page =>
        {
            foreach (RudderEvent rudderEvent in events)
            {
                Assert.That(page.Add(rudderEvent).Status, Is.EqualTo(TransformStatus.Mapped));
            }
        });

        IReadOnlyList<JsonObject> messages = await visit.Traffic.MessagesAsync(Calls.Length);

        string[][] found =
        [
            .. events.Zip(
                messages,
                (rudderEvent, message) =>
                    Fields
                        .Compare(
                            Fields.FromRecord(CleverTapTransformer.Default.Transform(rudderEvent).Records.Single()),
                            Fields.FromMessage(message)
                        )
                        .ToArray()
            ),
        ];
        await visit.SaveArtifactsAsync(
            "device-mode-guide",
            Calls.Zip(found, (name, differences) => $"{name}\n  {string.Join("\n  ", differences)}")
        );
        Assert.That(messages, Has.Count.EqualTo(Calls.Length));
        for (int i = 0; i < Calls.Length; i++)
        {
            Assert.That(found[i], Is.EqualTo(Differences[Calls[i]]), Calls[i]);
        }
    }

    [Test]
    public async Task Requests_go_only_to_the_region_of_the_account()
    {
        await using Visit visit = await Visit.StartAsync(page => page.Add(new TrackEvent { Event = "Seen" }));
        JsonObject message = (await visit.Traffic.MessagesAsync(1)).Single();

        Assert.That(message["id"]!.GetValue<string>(), Is.EqualTo(Shop.Account));
        Assert.That(visit.Traffic.Requests.Select(request => request.Host).Distinct(), Is.EqualTo(new[] { "in1.clevertap-prod.com" }));
        Assert.That(visit.Traffic.UnexpectedHosts, Is.Empty);
        Assert.That(await visit.Page.ContentAsync(), Does.Not.Contain(Shop.Passcode));
    }
}
