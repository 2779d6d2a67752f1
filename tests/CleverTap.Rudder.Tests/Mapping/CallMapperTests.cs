using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;

namespace CleverTap.Rudder.Tests.Mapping;

/// <summary>Checks mappers of a host that replace the built-in mappers.</summary>
public sealed class CallMapperTests
{
    private const string Seen = """{"type":"track","messageId":"m-1","userId":"u1","event":"Seen","properties":{"plan":"pro","debug":1}}""";

    private static readonly ICallMapper<TrackEvent> Track = CallMappers.Default.Track;

    [Test]
    public void Host_mapper_can_change_the_event_and_call_the_wrapped_mapper()
    {
        CleverTapTransformer transformer = HostMappers.Track(
            (call, options) =>
                Track.Map(call with { Event = "Looked", Properties = call.Properties.With("shop", "de").Without("debug") }, options)
        );

        Assert.That(
            JsonOf(transformer.Transform(Seen)),
            Is.EqualTo("""{"type":"event","identity":"u1","evtName":"Looked","evtData":{"plan":"pro","shop":"de"}}""")
        );
    }

    [Test]
    public void Host_mapper_can_return_several_records_by_every_overload()
    {
        CleverTapTransformer transformer = HostMappers.Track(
            (call, options) =>
            {
                TransformResult profile = CallMappers.Default.Identify.Map(
                    new IdentifyEvent
                    {
                        UserId = call.UserId,
                        Traits = new JsonObject { ["lastSeen"] = call.Event },
                    },
                    options
                );
                TransformResult seen = Track.Map(call, options);
                return TransformResult.Mapped([.. profile.Records, .. seen.Records], [.. profile.Warnings, .. seen.Warnings]);
            }
        );

        TransformResult result = transformer.Transform(Seen);

        Assert.That(result.Records.Select(record => record.GetType()), Is.EqualTo(new[] { typeof(ProfileRecord), typeof(EventRecord) }));
        Assert.That(JsonOf(result), Does.Contain("""{"last_seen":"Seen"}""").And.Contain("""{"plan":"pro","debug":1}"""));
        Invariants.GivesEqualResultsByEveryOverload(transformer, Encoding.UTF8.GetBytes(Seen));
    }

    [Test]
    public void Host_mapper_can_filter_an_event()
    {
        TransformResult result = HostMappers.Track((_, _) => TransformResult.Filtered()).Transform(Seen);

        Assert.That((result.Status, result.FilterReason), Is.EqualTo((TransformStatus.Filtered, FilterReason.HostRule)));
    }

    [Test]
    public void Host_mapper_error_contains_the_message_id()
    {
        var error = new EventError(EventErrorCode.HostRule, "properties.plan", "Unknown plan; send a plan of the price list", "a plan");
        TransformResult result = HostMappers.Track((_, _) => TransformResult.Invalid(error)).Transform(Seen);

        Assert.That(result.Error, Is.EqualTo(error with { MessageId = "m-1" }));
    }

    [Test]
    public void Host_mapper_exception_becomes_an_error_without_the_exception_message()
    {
        CleverTapTransformer transformer = HostMappers.Track((call, _) => throw new InvalidOperationException($"bad {call.UserId}"));
        TransformResult result = transformer.Transform(Seen);

        Assert.That((result.Error!.Code, result.Error.MessageId), Is.EqualTo((EventErrorCode.HostRule, "m-1")));
        Assert.That(result.Error.Message, Does.Contain(nameof(InvalidOperationException)).And.Not.Contain("u1"));
    }

    [Test]
    public void Host_mapper_that_returns_null_gives_an_error()
    {
        TransformResult result = HostMappers.Track((_, _) => null!).Transform(Seen);

        Assert.That(
            (result.Error!.Code, result.Error.Message),
            Is.EqualTo((EventErrorCode.HostRule, "A mapper of the host returned null; make it return a result"))
        );
    }

    [Test]
    public void TransformResult_Mapped_throws_when_there_are_no_records()
    {
        Assert.That(() => TransformResult.Mapped([]), Throws.ArgumentException);
        Assert.That(() => TransformResult.Mapped([null!]), Throws.ArgumentException);
        Assert.That(
            HostMappers.Track((_, _) => TransformResult.Mapped([])).Transform(Seen).Error!.Code,
            Is.EqualTo(EventErrorCode.HostRule)
        );
    }

    [Test]
    public void Host_mapper_is_not_called_when_an_option_filters_the_event()
    {
        CleverTapTransformer transformer = HostMappers.Track((_, _) => throw new InvalidOperationException());

        Assert.That(
            transformer.Transform("""{"type":"track","userId":"u1","event":"Seen","integrations":{"All":false}}""").FilterReason,
            Is.EqualTo(FilterReason.Integrations)
        );
    }

    [Test]
    public void Host_mapper_of_one_call_does_not_affect_other_calls() =>
        Assert.That(
            JsonOf(
                HostMappers
                    .Track((_, _) => throw new InvalidOperationException())
                    .Transform("""{"type":"identify","userId":"u1","traits":{"a":1}}""")
            ),
            Is.EqualTo("""{"type":"profile","identity":"u1","profileData":{"a":1}}""")
        );

    [Test]
    public void Host_mapper_receives_an_event_that_owns_its_memory()
    {
        TrackEvent? kept = null;
        CleverTapTransformer transformer = HostMappers.Track((call, options) => Track.Map(kept = call, options));
        byte[] buffer = Encoding.UTF8.GetBytes(Seen);

        transformer.Transform(buffer, new ArrayBufferWriter<byte>());
        Array.Clear(buffer);

        Assert.That((kept!.Event, kept.Properties.TryGetString("plan", out string? plan) ? plan : null), Is.EqualTo(("Seen", "pro")));
    }

    [Test]
    public void Invalid_JSON_in_an_unused_bag_is_an_error_when_a_host_mapper_is_set()
    {
        CleverTapTransformer transformer = HostMappers.Track(Track.Map);

        TransformResult result = transformer.Transform(
            """{"type":"track","messageId":"m-1","userId":"u1","event":"Seen","context":{"page":[1,}}}"""
        );

        Assert.That((result.Error!.Code, result.Error.MessageId), Is.EqualTo((EventErrorCode.NotJson, "m-1")));
        Assert.That(result.Error.Message, Does.Contain("byte"));
    }

    [Test]
    public void TransformForWeb_returns_the_calls_of_a_host_mapper_that_passes_its_options()
    {
        var options = MappingOptions.Default with
        {
            WebPageNames = WebPageNames.DeviceMode,
            Mappers = CallMappers.Default with
            {
                Page = new HostMapper<PageEvent>(
                    (call, given) => CallMappers.Default.Page.Map(call with { Properties = call.Properties.With("shop", "de") }, given)
                ),
            },
        };

        WebTransformResult result = new CleverTapTransformer(options).TransformForWeb(new PageEvent { Name = "Home", Category = "Docs" });

        Assert.That(
            result.Calls.Single().ToJson(),
            Is.EqualTo("""{"method":"event.push","arguments":["WebPage Viewed Home Docs",{"shop":"de"}]}""")
        );
    }

    [Test]
    public void TransformForWeb_returns_an_error_when_a_host_mapper_throws()
    {
        CleverTapTransformer transformer = HostMappers.Track((_, _) => throw new InvalidOperationException());

        Assert.That(transformer.TransformForWeb(Seen).Error!.Code, Is.EqualTo(EventErrorCode.HostRule));
    }

    [Test]
    public void Host_mappers_that_only_pass_events_give_the_same_results()
    {
        foreach (MappingCase one in MappingCase.All)
        {
            if (RudderEvent.TryRead(one.Text, out _, out EventError? error) || error.Code != EventErrorCode.NotJson)
            {
                TransformResult expected = new CleverTapTransformer(one.Options).Transform(one.Text);
                var transformer = new CleverTapTransformer(one.Options with { Mappers = HostMappers.PassThrough });
                Assert.That(() => Invariants.AreEqual(expected, transformer.Transform(one.Text)), Throws.Nothing, one.Name);
            }
        }
    }

    [Test]
    public void Host_mapper_can_be_used_for_every_call()
    {
        var none = new HostMapper<RudderEvent>((_, _) => TransformResult.Filtered());
        var mappers = CallMappers.Default with { Identify = none, Track = none, Page = none, Screen = none, Alias = none };

        var transformer = new CleverTapTransformer(MappingOptions.Default with { Mappers = mappers });
        Assert.That(transformer.Transform(Seen).FilterReason, Is.EqualTo(FilterReason.HostRule));
    }

    [Test]
    public void MappingOptions_are_equal_when_their_mappers_are_equal()
    {
        CallMappers mappers = CallMappers.Default with { Track = new HostMapper<TrackEvent>(Track.Map) };

        Assert.That(
            MappingOptions.Default with
            {
                Mappers = mappers,
            },
            Is.EqualTo(MappingOptions.Default with { Mappers = mappers with { } })
        );
        Assert.That(MappingOptions.Default with { Mappers = mappers }, Is.Not.EqualTo(MappingOptions.Default));
        Assert.That(() => CallMappers.Default with { Track = null! }, Throws.ArgumentNullException);
        Assert.That(() => MappingOptions.Default with { Mappers = null! }, Throws.ArgumentNullException);
    }

    private static string JsonOf(TransformResult result) => string.Join(",", result.Records.Select(record => record.ToJson()));
}
