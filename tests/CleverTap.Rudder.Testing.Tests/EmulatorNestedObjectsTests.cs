using System.Text.Json;
using CleverTap.Rudder.Testing;

namespace CleverTap.Rudder.Tests.Testing;

[TestFixture]
public sealed class EmulatorNestedObjectsTests
{
    private EmulatorSession session = null!;

    [SetUp]
    public void Start() => session = EmulatorSession.WithoutSockets(new CleverTapEmulatorOptions { NestedObjects = true });

    [TearDown]
    public async Task Stop() => await session.DisposeAsync();

    [TestCase("A", """{"a":{"b":{"c":{"d":1}}}}""")]
    [TestCase("A", """{"a":[{"b":[1]}],"Items":[{"a":1}]}""")]
    [TestCase("Charged", """{"Items":[{"a":{"b":1}}]}""")]
    public async Task Nested_properties_of_up_to_three_levels_are_stored(string name, string data)
    {
        JsonElement response = await session.UploadAsync(Event(name, data));

        Assert.That(response.GetProperty("status").GetString(), Is.EqualTo("success"));
        Assert.That(JsonSerializer.Serialize(session.Emulator.Events.Single().Properties), Is.EqualTo(data));
    }

    [TestCase("""{"a":{"b":{"c":{"d":{}}}}}""")]
    [TestCase("""{"a":[[[[]]]]}""")]
    public async Task A_property_with_a_fourth_level_is_rejected(string data)
    {
        JsonElement response = await session.UploadAsync(Event("A", data));

        Assert.That(response.GetProperty("unprocessed")[0].GetProperty("code").GetInt32(), Is.EqualTo(512));
    }

    [Test]
    public async Task Nested_values_of_a_profile_are_stored()
    {
        await session.UploadAsync("""{"type":"profile","identity":"u","profileData":{"address":{"city":"Oslo"}}}""");

        Assert.That(session.Emulator.Profiles["u"].Attributes["address"].GetProperty("city").GetString(), Is.EqualTo("Oslo"));
    }

    [Test]
    public async Task Events_mapped_with_NestedValues_Keep_are_stored_nested()
    {
        var transformer = new CleverTapTransformer(MappingOptions.Default with { NestedValues = NestedValues.Keep });
        TransformResult result = transformer.Transform(
            """{"type":"track","userId":"u","event":"A","properties":{"address":{"city":"Oslo"}}}"""
        );

        await session.UploadAsync(result.Records.Single().ToJson());

        Assert.That(session.Emulator.Events.Single().Properties["address"].GetProperty("city").GetString(), Is.EqualTo("Oslo"));
    }

    private static string Event(string name, string data) =>
        $$"""{"type":"event","identity":"u","evtName":"{{name}}","evtData":{{data}}}""";
}
