using System.Text.Json;
using System.Text.Json.Nodes;

namespace CleverTap.Rudder.BrowserTests.DeviceMode;

/// <summary>
/// The guide's calls, from a page through CleverTap's real web SDK, against what cloud mode uploads of the same events. What
/// differs is what the SDK does to what it is given; all of it is listed here.
/// </summary>
public sealed class GuideTests
{
    private static readonly string[] Calls = ["identify", "page", "track", "order-completed"];

    private static readonly Dictionary<string, string[]> Differences = new()
    {
        ["identify"] =
        [
            "(ts): 1709287200 -> nothing", // the SDK's messages happen when they are sent
            "DOB: \"birthday\" -> nothing", // left out where it is no date
            "Phone: \"phone\" -> nothing", // left out where it is not +<country code><number>
            "tz: nothing -> \"GMT+0900\"", // the browser's own
        ],
        ["page"] =
        [
            "(evtName): \"Web Page Viewed: Cart Viewed\" -> \"Web Page Viewed Cart Viewed\"", // names lose . : $ ' " and \
            "(identity): \"userid\" -> nothing", // events go under the user who has logged in
            "(ts): 1709287210 -> nothing",
        ],
        ["track"] =
        [
            "(identity): \"userid\" -> nothing",
            "(ts): 1709287230 -> nothing",
            "Odered: \"[\\\"T-Shirt\\\",\\\"jacket\\\"]\" -> \"[T-Shirt,jacket]\"", // texts lose ' " and \
        ],
        ["order-completed"] =
        [
            "(identity): \"userid\" -> nothing",
            "(ts): 1709287240 -> nothing",
            "Items[2].Book name: \"Chuck it, let's do it\" -> \"Chuck it, lets do it\"",
        ],
    };

    [Test]
    public async Task What_the_SDK_sends_is_what_cloud_mode_uploads_but_for_what_the_SDK_does_itself()
    {
        using JsonDocument guide = JsonDocument.Parse(
            await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "DeviceMode", "guide-calls.json"))
        );
        RudderEvent[] events = [.. Calls.Select(name => RudderEvent.Parse(guide.RootElement.GetProperty(name)))];
        await using Visit visit = await Visit.StartAsync(page =>
        {
            foreach (RudderEvent one in events)
            {
                Assert.That(page.Add(one).Status, Is.EqualTo(TransformStatus.Mapped));
            }
        });

        IReadOnlyList<JsonObject> messages = await visit.Traffic.MessagesAsync(Calls.Length);

        string[][] found =
        [
            .. events.Zip(
                messages,
                (one, message) =>
                    Fields
                        .Compare(Fields.OfRecord(CleverTapTransformer.Default.Transform(one).Records.Single()), Fields.OfMessage(message))
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
    public async Task The_requests_go_to_the_account_s_region_and_nowhere_else()
    {
        await using Visit visit = await Visit.StartAsync(page => page.Add(new TrackEvent { Event = "Seen" }));
        JsonObject message = (await visit.Traffic.MessagesAsync(1)).Single();

        Assert.That(message["id"]!.GetValue<string>(), Is.EqualTo(Shop.Account));
        Assert.That(visit.Traffic.Requests.Select(request => request.Host).Distinct(), Is.EqualTo(new[] { "in1.clevertap-prod.com" }));
        Assert.That(visit.Traffic.UnexpectedHosts, Is.Empty);
        Assert.That(await visit.Page.ContentAsync(), Does.Not.Contain(Shop.Passcode));
    }
}
