using System.Text;

namespace CleverTap.Rudder.Tests.Delivery;

public sealed class ProfileRepairTests
{
    [TestCase(514, "Gender")]
    [TestCase(515, "Email")]
    [TestCase(516, "Phone")]
    [TestCase(517, "Employed")]
    [TestCase(518, "Education")]
    [TestCase(519, "Married")]
    [TestCase(520, "Age")]
    [TestCase(512, null)]
    [TestCase(0, null)]
    public void RejectedField_returns_the_field_of_a_record_code(int code, string? field)
    {
        CleverTapRecord profile = Profile("""{"Gender":1,"Email":1,"Phone":1,"Employed":1,"Education":1,"Married":1,"Age":1}""");

        Assert.That(ProfileRepair.RejectedField(profile, code)?.ToString(), Is.EqualTo(field));
    }

    [Test]
    public void RejectedField_returns_null_when_the_profile_does_not_have_the_field()
    {
        Assert.That(ProfileRepair.RejectedField(Profile("""{"Name":"n"}"""), 515), Is.Null);
        Assert.That(
            ProfileRepair.RejectedField(
                CleverTapRecord.Create(RecordKind.Event, """{"type":"event","profileData":{"Email":1}}"""u8.ToArray()),
                515
            ),
            Is.Null
        );
    }

    [Test]
    public void Without_keeps_the_other_fields_of_the_profile()
    {
        CleverTapRecord profile = CleverTapRecord.Create(
            RecordKind.Profile,
            """{"type":"profile","identity":"u","ts":5,"profileData":{"Email":"x","a":"\ud800","n":1.50,"o":{"$add":["x"]}}}"""u8.ToArray()
        );

        Assert.That(
            ProfileRepair.Without(profile, "Email").ToJson(),
            Is.EqualTo("""{"type":"profile","identity":"u","ts":5,"profileData":{"a":"\ud800","n":1.50,"o":{"$add":["x"]}}}""")
        );
    }

    [Test]
    public void Resent_profile_omits_fields_that_a_later_profile_has_set()
    {
        CleverTapRecord late = Profile("""{"plan":"old","city":"Tokyo"}""");

        CleverTapRecord renewed = WithoutOverwritten(late, Profile("""{"plan":"new"}"""), Profile("""{"city":"Paris"}""", "other"));

        Assert.That(renewed.ToJson(), Is.EqualTo(Profile("""{"city":"Tokyo"}""").ToJson()));
    }

    [Test]
    public void Resent_profile_is_unchanged_when_there_is_no_later_profile()
    {
        CleverTapRecord profile = Profile("""{"plan":"old"}""");

        Assert.That(WithoutOverwritten(profile, Profile("""{"plan":"new"}""", "other")), Is.SameAs(profile));
    }

    [Test]
    public void Resent_profile_keeps_fields_that_only_earlier_or_rejected_profiles_have_set()
    {
        var rejected = new UnprocessedRecord(null, 500, "later");
        CleverTapRecord[] records = [.. new[] { """{"a":1}""", """{"a":2,"b":2}""", """{"b":3}""" }.Select(data => Profile(data))];

        CleverTapRecord renewed = new AcceptedProfiles(records, [null, rejected, rejected]).WithoutOverwritten(records[1], 1);

        Assert.That(renewed.ToJson(), Is.EqualTo(Profile("""{"a":2,"b":2}""").ToJson()));
    }

    [Test]
    public void Resent_event_record_is_unchanged()
    {
        CleverTapRecord record = CleverTapRecord.Create(
            RecordKind.Event,
            """{"type":"event","identity":"u","evtName":"e","evtData":{}}"""u8.ToArray()
        );

        Assert.That(WithoutOverwritten(record, Profile("""{"plan":"new"}""")), Is.SameAs(record));
    }

    /// <summary>Returns what is sent again of the first record of an upload, if CleverTap accepted all others.</summary>
    private static CleverTapRecord WithoutOverwritten(CleverTapRecord rejected, params CleverTapRecord[] taken)
    {
        CleverTapRecord[] records = [.. taken.Prepend(rejected)];
        UnprocessedRecord?[] rejections = [new(null, 500, "later"), .. taken.Select(_ => (UnprocessedRecord?)null)];
        return new AcceptedProfiles(records, rejections).WithoutOverwritten(rejected, 0);
    }

    private static CleverTapRecord Profile(string data, string identity = "u") =>
        CleverTapRecord.Create(
            RecordKind.Profile,
            Encoding.UTF8.GetBytes($$"""{"type":"profile","identity":"{{identity}}","profileData":{{data}}}""")
        );
}
