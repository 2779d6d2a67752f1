using System.Text.Json.Nodes;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CleverTap.Rudder.Tests.House;

/// <summary>
/// The code of the README and of the documentation comments on mappers, rules and events, word for word, compiled and run.
/// </summary>
public sealed class MappingSnippets
{
    [Test]
    public void Set_rules()
    {
        var options = MappingOptions.Default with
        {
            AllowEvents = ["Order Completed", "Web Page Viewed: Home"],
            RenameTraits = new Dictionary<string, string> { ["tier"] = "Plan" },
            DropProperties = ["ip", "debug"],
        };

        var home = new PageEvent
        {
            UserId = "user-1",
            Name = "Home",
            Properties = new JsonObject { ["ip"] = "10.0.0.1" },
        };
        Assert.That(
            new CleverTapTransformer(options).Transform(home).Records.Single().ToJson(),
            Is.EqualTo("""{"type":"event","identity":"user-1","evtName":"Web Page Viewed: Home","evtData":{}}""")
        );
    }

    [Test]
    public void Transform_an_event()
    {
        const string json = """{"type":"track","userId":"user-1","event":"Seen"}""";

        TransformResult result = CleverTapTransformer.Default.Transform(json);
        foreach (CleverTapRecord record in result.Records)
        {
            Console.WriteLine(record.ToJson());
        }

        Assert.That(result.Status, Is.EqualTo(TransformStatus.Mapped));
    }

    [Test]
    public void Replace_a_mapper()
    {
        var mappers = CallMappers.Default with { Track = new ShopTrackMapper(CallMappers.Default.Track) };
        var transformer = new CleverTapTransformer(MappingOptions.Default with { Mappers = mappers });

        Assert.That(transformer.Transform(Track("debug")).Records.Single().ToJson(), Does.Contain("""{"shop":"de"}"""));
        Assert.That(transformer.Transform(Track("test")).FilterReason, Is.EqualTo(FilterReason.HostRule));
    }

    [Test]
    public async Task Replace_a_mapper_of_a_destination()
    {
        ServiceCollection services = new();
        var builder = new { Services = services, Configuration = new ConfigurationManager() };
        await using CleverTapEmulator cleverTap = await CleverTapEmulator.StartAsync();
        builder.Configuration["CleverTap:AccountId"] = cleverTap.AccountId;
        builder.Configuration["CleverTap:Passcode"] = cleverTap.Passcode;
        builder.Configuration["CleverTap:Endpoint"] = cleverTap.Endpoint.AbsoluteUri;

        builder.Services.AddCleverTapDestination(builder.Configuration.GetSection("CleverTap"));
        builder.Services.Configure<CleverTapOptions>(options =>
            options.Mapping = options.Mapping with
            {
                Mappers = CallMappers.Default with { Track = new ShopTrackMapper(CallMappers.Default.Track) },
            }
        );

        await using ServiceProvider provider = services.BuildServiceProvider();
        await provider.GetRequiredService<ICleverTapDestination>().SendAsync([Track("debug"), Track("test")]);
        Assert.That(cleverTap.Events.Single().Properties["shop"].GetString(), Is.EqualTo("de"));
    }

    [Test]
    public void Change_properties()
    {
        var seen = new TrackEvent
        {
            Event = "Seen",
            Properties = new JsonObject { ["price"] = 120, ["ip"] = "10.0.0.1" },
        };

        if (seen.Properties.TryGetDouble("price", out double price) && price > 100)
        {
            seen = seen with { Properties = seen.Properties.With("tier", "premium").Without("debug", "ip") };
        }

        Assert.That(seen.Properties.ToJsonElement().GetRawText(), Is.EqualTo("""{"price":120,"tier":"premium"}"""));
    }

    [Test]
    public async Task Read_a_batch()
    {
        string body = """[{"type":"track","userId":"user-1","event":"Seen"},{"type":"group"}]""";
        var queue = new Queue();
        ILogger logger = NullLogger.Instance;
        CancellationToken cancellationToken = CancellationToken.None;

#pragma warning disable CA1848 // an example need not declare its messages
        foreach (BatchElement element in RudderEvent.ReadBatch(body))
        {
            if (element.IsEvent)
            {
                await queue.EnqueueAsync(element.Event, cancellationToken);
            }
            else
            {
                logger.LogWarning("Element {Index}: {Code} in {Field}", element.Index, element.Error.Code, element.Error.Field);
            }
        }
#pragma warning restore CA1848

        Assert.That(queue.Taken.Count, Is.EqualTo(1));
    }

    private static TrackEvent Track(string flag) =>
        new()
        {
            UserId = "user-1",
            Event = "Seen",
            Properties = new Dictionary<string, object?> { [flag] = true },
        };

    public sealed class ShopTrackMapper(ICallMapper<TrackEvent> next) : ICallMapper<TrackEvent>
    {
        public TransformResult Map(TrackEvent rudderEvent, MappingOptions options)
        {
            if (rudderEvent.Properties.TryGetBoolean("test", out bool isTest) && isTest)
            {
                return TransformResult.Filtered();
            }

            return next.Map(rudderEvent with { Properties = rudderEvent.Properties.With("shop", "de").Without("debug") }, options);
        }
    }

    /// <summary>Stands for the queue of a host.</summary>
    private sealed class Queue
    {
        public List<RudderEvent> Taken { get; } = [];

        public ValueTask<bool> EnqueueAsync(RudderEvent rudderEvent, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Taken.Add(rudderEvent);
            return ValueTask.FromResult(true);
        }
    }
}
