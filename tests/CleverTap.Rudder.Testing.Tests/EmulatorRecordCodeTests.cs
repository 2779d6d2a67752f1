using System.Text.Json;

namespace CleverTap.Rudder.Tests.Testing;

[TestFixture]
public sealed class EmulatorRecordCodeTests
{
    private EmulatorSession session = null!;

    [OneTimeSetUp]
    public async Task Start() => session = await EmulatorSession.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await session.DisposeAsync();

    [TestCase(
        """{"type":"event","identity":"u","evtData":{}}""",
        509,
        "Event Name is incorrect. ErrorCode: 509 - Event name is mandatory. Skipped record number : 1"
    )]
    [TestCase(
        """{"type":"event","identity":"u","evtName":"A","evtData":{"prop1":{"a":1}}}""",
        512,
        "Event data is incorrect. 512 - Only Items can have a nested structure, incorrect nested structure for field : prop1.Skipped record number : 1"
    )]
    [TestCase(
        """{"type":"event","identity":"u","evtName":"Web Page Viewed","evtData":{}}""",
        513,
        "Event Name is incorrect. ErrorCode: 513 - Trying to raise a restricted system event. Skipped record number : 1"
    )]
    [TestCase(
        """{"type":"profile","identity":"u","profileData":{"Email":"$$$$$"}}""",
        515,
        "Profile data is incorrect. Email is not valid.Skipped record number : 1"
    )]
    [TestCase(
        """{"type":"profile","identity":"u","profileData":{"Phone":"223"}}""",
        516,
        "Profile data is incorrect. Phone number is not valid.Skipped record number : 1"
    )]
    [TestCase(
        """{"type":"profile","identity":"u","profileData":{"Employed":"yes"}}""",
        517,
        "Profile data is incorrect. Employed needs to be Y/N.Skipped record number : 1"
    )]
    [TestCase(
        """{"type":"profile","identity":"u","profileData":{"Education":"PhD"}}""",
        518,
        "Profile data is incorrect. Education needs to be School/College/Graduate..Skipped record number : 1"
    )]
    [TestCase(
        """{"type":"profile","identity":"u","profileData":{"Married":true}}""",
        519,
        "Profile data is incorrect. Married needs to be Y/N.Skipped record number : 1"
    )]
    [TestCase(
        """{"type":"profile","identity":"u","profileData":{"Age":"aa"}}""",
        520,
        "Profile data is incorrect. Age is invalid.Skipped record number : 1"
    )]
    [TestCase(
        """{"type":"profile","identity":"u","ts":0,"profileData":{}}""",
        525,
        "Timestamp should be present in the Unix Epoch format. Skipped record number : 1"
    )]
    public async Task Error_text_is_the_one_observed_from_CleverTap(string record, int code, string error)
    {
        JsonElement entry = (await session.UploadAsync(record)).GetProperty("unprocessed")[0];
        Assert.That(entry.GetProperty("status").GetString(), Is.EqualTo("fail"));
        Assert.That(entry.GetProperty("code").GetInt32(), Is.EqualTo(code));
        Assert.That(entry.GetProperty("error").GetString(), Is.EqualTo(error));
        Assert.That(entry.GetProperty("record").GetRawText(), Is.EqualTo(record));
    }

    [TestCase(""" "evtName":"" """, 509)]
    [TestCase(""" "evtName":"  " """, 509)]
    [TestCase(""" "evtName":null """, 509)]
    [TestCase(""" "evtName":5 """, 509)]
    [TestCase(""" "evtName":"app launched" """, 513)]
    [TestCase(""" "evtName":"AppLaunched" """, 513)]
    [TestCase(""" "evtName":"A","evtData":{"a":[1]} """, 512)]
    [TestCase(""" "evtName":"A","evtData":{"Items":[{"a":1}]} """, 512)]
    [TestCase(""" "evtName":"Charged","evtData":{"Items":[{"a":{"b":1}}]} """, 512)]
    [TestCase(""" "evtName":"Charged","evtData":{"Items":[[1]]} """, 512)]
    [TestCase(""" "evtName":"Charged","evtData":{"Items":{"a":1}} """, 512)]
    [TestCase(""" "evtName":"Charged","evtData":{"Products":[{"a":1}]} """, 512)]
    [TestCase(""" "evtName":"A","evtData":[] """, 512)]
    [TestCase(""" "evtName":"A","evtData":null """, 512)]
    [TestCase(""" "evtName":"A" """, 512)]
    public async Task An_event_is_rejected(string members, int code)
    {
        string data =
            members.Contains("\"A\"", StringComparison.Ordinal) || members.Contains("evtData", StringComparison.Ordinal)
                ? ""
                : ",\"evtData\":{}";
        Assert.That(await CodeOf($$"""{"type":"event","identity":"u",{{members}}{{data}}}"""), Is.EqualTo(code));
    }

    [TestCase("Charged", """{"Items":[{"a":1,"b":"$D_1700000000"},{"c":null}],"Amount":3}""")]
    [TestCase("charged", """{"Items":[]}""")]
    [TestCase("A", """{"Items":"none","when":"$D_1700000000","n":null,"b":true}""")]
    [TestCase("Web Page Viewed: Home", "{}")]
    public async Task An_event_is_taken(string name, string data) =>
        Assert.That(await CodeOf($$"""{"type":"event","identity":"u","evtName":"{{name}}","evtData":{{data}}}"""), Is.Null);

    [TestCase(100, null)]
    [TestCase(101, 522)]
    public async Task An_event_has_up_to_100_properties(int count, int? code)
    {
        string data = string.Join(',', Enumerable.Range(0, count).Select(number => $"\"p{number}\":{number}"));
        Assert.That(await CodeOf($$$"""{"type":"event","identity":"u","evtName":"A","evtData":{{{{data}}}}}"""), Is.EqualTo(code));
    }

    [TestCase("Gender", "\"X\"", 514)]
    [TestCase("Gender", "\"M\"", null)]
    [TestCase("Gender", "\"Others\"", null)]
    [TestCase("Gender", "\"unknown\"", null)]
    [TestCase("identity", "\"None\"", 523)]
    [TestCase("identity", "0", 523)]
    [TestCase("identity", "{}", 523)]
    [TestCase("identity", "null", null)]
    [TestCase("identity", "7", null)]
    [TestCase("Email", "\"jane@example.com\"", null)]
    [TestCase("Email", "\"\"", 515)]
    [TestCase("Email", "5", 515)]
    [TestCase("Phone", "\"123\"", 516)]
    [TestCase("Phone", "\"+44+441234\"", 516)]
    [TestCase("Phone", "35922333232", 516)]
    [TestCase("Phone", "\"+35922333232\"", null)]
    [TestCase("Employed", "\"Y\"", null)]
    [TestCase("Education", "\"Graduate\"", null)]
    [TestCase("Married", "\"N\"", null)]
    [TestCase("Age", "\"18\"", null)]
    [TestCase("Age", "18", null)]
    [TestCase("Age", "null", null)]
    [TestCase("Age", """{"$incr":1}""", null)]
    [TestCase("Email", """{"$delete":1}""", null)]
    [TestCase("email", "\"not one\"", null)]
    [TestCase("DOB", "\"1990-01-01\"", null)]
    [TestCase("Tags", """["a","b"]""", null)]
    [TestCase("category-unsubscribe", """{"email":["News"]}""", null)]
    public async Task Profile_field_is_validated_by_its_format(string field, string value, int? code) =>
        Assert.That(await CodeOf($$$"""{"type":"profile","identity":"u","profileData":{"{{{field}}}":{{{value}}}}}"""), Is.EqualTo(code));

    [TestCase(""" "x":1 """, 523)]
    [TestCase(""" "identity":null """, 523)]
    [TestCase(""" "identity":"" """, 523)]
    [TestCase(""" "identity":"Undefined" """, 523)]
    [TestCase(""" "identity":"n/a" """, 523)]
    [TestCase(""" "identity":0 """, 523)]
    [TestCase(""" "identity":true """, 523)]
    [TestCase(""" "identity":{} """, 523)]
    [TestCase(""" "identity":13 """, null)]
    [TestCase(""" "FBID":"f" """, null)]
    [TestCase(""" "GPID":"g" """, null)]
    [TestCase(""" "objectId":"d" """, null)]
    [TestCase(""" "objectId":"d","identity":null """, null)]
    [TestCase(""" "objectId":"" """, 526)]
    [TestCase(""" "objectId":5 """, 526)]
    [TestCase(""" "objectId":null """, 523)]
    [TestCase(""" "objectId":"","identity":"u" """, 526)]
    [TestCase(""" "objectId":"a b" """, 526)]
    [TestCase(""" "objectId":"a.b" """, 526)]
    [TestCase(""" "objectId":"caf\u00e9" """, 526)]
    [TestCase(""" "objectId":"\u0061(b)!:@$_-9" """, null)]
    public async Task A_record_needs_a_user(string members, int? code)
    {
        Assert.That(await CodeOf($$$"""{"type":"profile",{{{members}}},"profileData":{}}"""), Is.EqualTo(code));
        Assert.That(await CodeOf($$$"""{"type":"event",{{{members}}},"evtName":"A","evtData":{}}"""), Is.EqualTo(code));
    }

    [TestCase(1023, null)]
    [TestCase(1024, 523)]
    public async Task An_identity_is_shorter_than_1024(int length, int? code) =>
        Assert.That(
            await CodeOf($$$"""{"type":"profile","identity":"{{{new string('u', length)}}}","profileData":{}}"""),
            Is.EqualTo(code)
        );

    [TestCase(64, null)]
    [TestCase(65, 526)]
    public async Task An_objectId_has_up_to_64_characters(int length, int? code) =>
        Assert.That(
            await CodeOf($$$"""{"type":"profile","objectId":"{{{new string('d', length)}}}","profileData":{}}"""),
            Is.EqualTo(code)
        );

    [TestCase("1700000000", null)]
    [TestCase("1700000000.75", null)]
    [TestCase("1700000000123", null)]
    [TestCase("\"1700000000\"", null)]
    [TestCase("null", null)]
    [TestCase("0", 525)]
    [TestCase("-5", 525)]
    [TestCase("1e400", 525)]
    [TestCase("\"2024-01-01T00:00:00Z\"", 525)]
    [TestCase("\"\"", 525)]
    [TestCase("\"0\"", 525)]
    [TestCase("true", 525)]
    [TestCase("[1700000000]", 525)]
    public async Task A_time_is_in_seconds_since_1970(string ts, int? code) =>
        Assert.That(await CodeOf($$$"""{"type":"event","identity":"u","ts":{{{ts}}},"evtName":"A","evtData":{}}"""), Is.EqualTo(code));

    [TestCase("{}", 524)]
    [TestCase("5", 524)]
    [TestCase("null", 524)]
    [TestCase("[]", 524)]
    [TestCase("\"text\"", 524)]
    [TestCase("""{"type":"other","identity":"u"}""", 524)]
    [TestCase("""{"type":null,"identity":"u"}""", 524)]
    [TestCase("""{"type":"profile","identity":"u"}""", 524)]
    [TestCase("""{"type":"profile","identity":"u","profileData":[]}""", 524)]
    public async Task A_record_has_a_type(string record, int code) => Assert.That(await CodeOf(record), Is.EqualTo(code));

    [TestCase(""" "tokenData":{"id":"t","type":"fcm"} """, 530)]
    [TestCase(""" "identity":"u","tokenData":{"id":"t","type":"fcm"} """, 530)]
    [TestCase(""" "objectId":"","tokenData":{"id":"t","type":"fcm"} """, 530)]
    [TestCase(""" "objectId":5,"tokenData":{"id":"t","type":"fcm"} """, 530)]
    [TestCase(""" "objectId":"a b","tokenData":{"id":"t","type":"fcm"} """, 530)]
    [TestCase(""" "objectId":"d" """, 531)]
    [TestCase(""" "objectId":"d","tokenData":"t" """, 531)]
    [TestCase(""" "objectId":"d","tokenData":{"id":5,"type":"fcm"} """, 531)]
    [TestCase(""" "objectId":"d","tokenData":{"id":"t","type":{}} """, 531)]
    [TestCase(""" "objectId":"d","tokenData":{"type":"fcm"} """, 532)]
    [TestCase(""" "objectId":"d","tokenData":{"id":"","type":"fcm"} """, 532)]
    [TestCase(""" "objectId":"d","tokenData":{"id":"t"} """, 533)]
    [TestCase(""" "objectId":"d","tokenData":{"id":"t","type":null} """, 533)]
    [TestCase(""" "objectId":"d","tokenData":{"id":"t","type":"pigeon"} """, 534)]
    [TestCase(""" "objectId":"d","tokenData":{"id":"t","type":"fcm"} """, null)]
    [TestCase(""" "objectId":"d","tokenData":{"id":"t","type":"APNS"} """, null)]
    [TestCase(""" "objectId":"d","tokenData":{"id":"t","type":"chrome","keys":{"p256dh":"p","auth":"a"}} """, null)]
    public async Task Device_token_is_validated_by_its_data(string members, int? code) =>
        Assert.That(await CodeOf($$"""{"type":"token",{{members}}}"""), Is.EqualTo(code));

    [Test]
    public async Task Only_the_first_error_of_a_record_is_reported()
    {
        JsonElement response = await session.UploadAsync(
            """{"type":"profile","identity":"u","profileData":{"Phone":"1","Email":"1","Age":"x"}}"""
        );
        Assert.That(response.GetProperty("unprocessed").GetArrayLength(), Is.EqualTo(1));
        Assert.That(response.GetProperty("unprocessed")[0].GetProperty("code").GetInt32(), Is.EqualTo(516));
    }

    private async Task<int?> CodeOf(string record)
    {
        JsonElement response = await session.UploadAsync(record);
        return response
            .GetProperty("unprocessed")
            .EnumerateArray()
            .Select(entry => (int?)entry.GetProperty("code").GetInt32())
            .SingleOrDefault();
    }
}
