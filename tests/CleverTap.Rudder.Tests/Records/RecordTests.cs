using System.Text.Json;
using System.Text.Json.Nodes;

namespace CleverTap.Rudder.Tests.Records;

/// <summary>Tests the public members of records.</summary>
public sealed class RecordTests
{
    private static readonly IReadOnlyList<CleverTapRecord> Identified = new CleverTapTransformer(
        MappingOptions.Default with
        {
            EnableObjectIdMapping = true,
        }
    )
        .Transform(
            new IdentifyEvent
            {
                UserId = "user-1",
                AnonymousId = "device-1",
                Traits = new JsonObject { ["email"] = "name@website.com" },
                Context = new JsonObject
                {
                    ["os"] = new JsonObject { ["name"] = "iOS" },
                    ["device"] = new JsonObject { ["token"] = "t0k3n" },
                },
            }
        )
        .Records;

    private static readonly CleverTapRecord Viewed = CleverTapTransformer
        .Default.Transform(
            new ScreenEvent
            {
                UserId = "user-1",
                Name = "Home",
                Properties = new JsonObject { ["tab"] = 2 },
            }
        )
        .Records[0];

    [Test]
    public void Profile_record_exposes_its_attributes_and_ids()
    {
        var profile = (ProfileRecord)Identified[0];

        Assert.That((profile.ObjectId, profile.Identity), Is.EqualTo(("device-1", (string?)null)));
        Assert.That(profile.ProfileData.GetProperty("Email").GetString(), Is.EqualTo("name@website.com"));
        Assert.That(profile.ProfileData.GetProperty("identity").GetString(), Is.EqualTo("user-1"));
    }

    [Test]
    public void Device_token_record_exposes_its_type_and_device()
    {
        var token = (DeviceTokenRecord)Identified[1];

        Assert.That((token.ObjectId, token.TokenType), Is.EqualTo(("device-1", "apns")));
    }

    [Test]
    public void Event_record_exposes_its_name_and_properties()
    {
        var viewed = (EventRecord)Viewed;

        Assert.That(
            (viewed.EventName, viewed.Identity, viewed.EventData.GetProperty("tab").GetInt32()),
            Is.EqualTo(("Screen Viewed: Home", "user-1", 2))
        );
    }

    [Test]
    public void Record_converts_to_JSON_and_to_an_element()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Viewed.WriteTo(writer);
        }

        Assert.That(stream.ToArray(), Is.EqualTo(Viewed.Utf8Json.ToArray()));
        Assert.That(Viewed.ToJsonElement().GetProperty("evtName").GetString(), Is.EqualTo("Screen Viewed: Home"));
    }

    [Test]
    public void Records_are_equal_when_their_JSON_is_equal()
    {
        CleverTapRecord same = CleverTapTransformer
            .Default.Transform(
                new ScreenEvent
                {
                    UserId = "user-1",
                    Name = "Home",
                    Properties = new JsonObject { ["tab"] = 2 },
                }
            )
            .Records[0];

        Assert.That(same, Is.EqualTo(Viewed));
        Assert.That(same.GetHashCode(), Is.EqualTo(Viewed.GetHashCode()));
        Assert.That(Viewed, Is.Not.EqualTo(Identified[0]));
        Assert.That(Viewed.Equals(null), Is.False);
    }

    [Test]
    public void Record_ToString_contains_no_personal_data() => Assert.That(Viewed.ToString(), Does.Match(@"^EventRecord \(\d+ bytes\)$"));

    [Test]
    public void Transform_maps_values_that_are_larger_than_its_buffers()
    {
        string large = new('x', 500_000);

        for (int i = 0; i < 2; i++)
        {
            var record = (EventRecord)
                CleverTapTransformer
                    .Default.Transform(
                        new TrackEvent
                        {
                            UserId = "u",
                            Event = "e",
                            Properties = new JsonObject { ["text"] = large, ["nested"] = new JsonArray(large) },
                        }
                    )
                    .Records[0];
            Assert.That(record.EventData.GetProperty("text").GetString(), Has.Length.EqualTo(500_000));
            Assert.That(record.EventData.GetProperty("nested").GetString(), Has.Length.EqualTo(500_004));
        }
    }
}
