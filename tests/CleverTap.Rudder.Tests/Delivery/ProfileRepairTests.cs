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
    public void A_record_code_names_its_field(int code, string? field)
    {
        CleverTapRecord profile = Profile("""{"Gender":1,"Email":1,"Phone":1,"Employed":1,"Education":1,"Married":1,"Age":1}""");

        Assert.That(ProfileRepair.RefusedField(profile, code)?.ToString(), Is.EqualTo(field));
    }

    [Test]
    public void A_field_that_is_not_there_cannot_be_left_out()
    {
        Assert.That(ProfileRepair.RefusedField(Profile("""{"Name":"n"}"""), 515), Is.Null);
        Assert.That(ProfileRepair.RefusedField(CleverTapRecord.Create(RecordKind.Event, """{"type":"event","profileData":{"Email":1}}"""u8.ToArray()), 515), Is.Null);
    }

    [Test]
    public void The_rest_of_the_profile_stays_as_it_is()
    {
        CleverTapRecord profile = CleverTapRecord.Create(RecordKind.Profile, """{"type":"profile","identity":"u","ts":5,"profileData":{"Email":"x","a":"\ud800","n":1.50,"o":{"$add":["x"]}}}"""u8.ToArray());

        Assert.That(ProfileRepair.Without(profile, "Email").ToJson(), Is.EqualTo("""{"type":"profile","identity":"u","ts":5,"profileData":{"a":"\ud800","n":1.50,"o":{"$add":["x"]}}}"""));
    }

    [Test]
    public void A_profile_sent_late_does_not_bring_back_what_a_later_one_of_the_user_has_changed()
    {
        CleverTapRecord late = Profile("""{"plan":"old","city":"Tokyo"}""");

        CleverTapRecord renewed = ProfileRepair.WithoutOverwritten(late, [Profile("""{"plan":"new"}"""), Profile("""{"city":"Paris"}""", "other")]);

        Assert.That(renewed.ToJson(), Is.EqualTo(Profile("""{"city":"Tokyo"}""").ToJson()));
    }

    [Test]
    public void Without_a_later_profile_nothing_is_rewritten()
    {
        CleverTapRecord profile = Profile("""{"plan":"old"}""");

        Assert.That(ProfileRepair.WithoutOverwritten(profile, [Profile("""{"plan":"new"}""", "other")]), Is.SameAs(profile));
    }

    private static CleverTapRecord Profile(string data, string identity = "u") =>
        CleverTapRecord.Create(RecordKind.Profile, Encoding.UTF8.GetBytes($$"""{"type":"profile","identity":"{{identity}}","profileData":{{data}}}"""));
}
