using System.Text.Json;
using System.Text.Json.Nodes;

namespace CleverTap.Rudder.AotSmoke;

/// <summary>Checks events that are built in code, with every kind of value that a bag accepts.</summary>
internal static class BuiltEventChecks
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1709287200);

    public static void Run(Checks checks)
    {
        AssertTransform(
            checks,
            "identify from a JsonObject",
            CreateIdentifyFromJsonObject(),
            """
            {"type":"profile","identity":"user-1","ts":1709287200,"profileData":{"Email":"name@website.com","residence":"Shibuya","MSG-push":false,"tags":"[\"gold\",1,2.5]"}}
            """
        );
        AssertTransform(
            checks,
            "track from a dictionary",
            CreateTrackFromDictionary(),
            """
            {"type":"event","identity":"user-1","ts":1709287200,"evtName":"Checked Out","evtData":{"text":"é","int":1,"long":9007199254740993,"double":0.5,"decimal":1.1,"bool":true,"choice":"Saturday","time":"$D_1709287200","list":"[1,2]","map":"{\"a\":\"b\"}"}}
            """
        );
        AssertTransform(
            checks,
            "page from an element",
            CreatePageFromElement(),
            """
            {"type":"event","identity":"user-1","ts":1709287200,"evtName":"Web Page Viewed: Cart","evtData":{"path":"/cart"}}
            """
        );
        AssertTransform(
            checks,
            "screen without properties",
            new ScreenEvent
            {
                UserId = "user-1",
                OriginalTimestamp = At,
                Name = "Home",
            },
            """
            {"type":"event","identity":"user-1","ts":1709287200,"evtName":"Screen Viewed: Home","evtData":{}}
            """
        );
        AssertTransform(
            checks,
            "alias",
            new AliasEvent
            {
                UserId = "user-1",
                PreviousId = "device-1",
                OriginalTimestamp = At,
            },
            """
            {"type":"profile","identity":"device-1","ts":1709287200,"profileData":{"identity":"user-1"}}
            """
        );
        AssertTransform(checks, "track without an event", new TrackEvent { UserId = "user-1" }, "EventNameMissing");
        checks.AreEqual(
            "built: identify for a page",
            """{"method":"onUserLogin.push","arguments":[{"Site":{"Email":"name@website.com","residence":"Shibuya","MSG-push":false,"tags":"[\"gold\",1,2.5]","Identity":"user-1"}}]}""",
            JsonSerializer.Serialize(
                CleverTapTransformer.Default.TransformForWeb(CreateIdentifyFromJsonObject()).Calls.Single(),
                SmokeJson.Default.WebCall
            )
        );
        checks.AreEqual(
            "a bag of something else",
            "'it' is a System.Object",
            GetRejection(() => new Dictionary<string, object?> { ["it"] = new() })
        );
    }

    private static void AssertTransform(Checks checks, string what, RudderEvent built, string expected) =>
        checks.AreEqual($"built: {what}", expected.TrimEnd(), TransformChecks.Format(CleverTapTransformer.Default.Transform(built)));

    private static IdentifyEvent CreateIdentifyFromJsonObject() =>
        new()
        {
            UserId = "user-1",
            OriginalTimestamp = At,
            Traits = new JsonObject
            {
                ["email"] = "name@website.com",
                ["Residence"] = "Shibuya",
                ["MSG-push"] = false,
                ["tags"] = new JsonArray("gold", 1, 2.5),
            },
        };

    private static TrackEvent CreateTrackFromDictionary() =>
        new()
        {
            UserId = "user-1",
            OriginalTimestamp = At,
            Event = "Checked Out",
            Properties = new Dictionary<string, object?>
            {
                ["text"] = "é",
                ["int"] = 1,
                ["long"] = 9007199254740993,
                ["double"] = 0.5,
                ["decimal"] = 1.10m,
                ["bool"] = true,
                ["null"] = null,
                ["choice"] = DayOfWeek.Saturday,
                ["time"] = At,
                ["list"] = new[] { 1, 2 },
                ["map"] = new Dictionary<string, string> { ["a"] = "b" },
            },
        };

    private static PageEvent CreatePageFromElement()
    {
        using JsonDocument properties = JsonDocument.Parse("""{"path":"/cart"}""");
        return new PageEvent
        {
            UserId = "user-1",
            OriginalTimestamp = At,
            Name = "Cart",
            Properties = properties.RootElement,
        };
    }

    /// <summary>Gets the beginning of the error for a value that a bag rejects.</summary>
    private static string GetRejection(Func<Dictionary<string, object?>> members)
    {
        try
        {
            return JsonBag.FromDictionary(members()).ToString();
        }
        catch (ArgumentException exception)
        {
            return exception.Message.Split(';')[0];
        }
    }
}
