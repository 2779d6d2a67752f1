using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CleverTap.Rudder.Tests.AspNetCore;

/// <summary>The responses when the queue does not take the events.</summary>
public sealed class EndpointQueueTests
{
    private static readonly (string Header, string Value) Key = ("Authorization", "Basic a2V5Og==");

    [TestCase("/rudder", 503)]
    [TestCase("/v1/batch", 429)]
    public async Task Full_queue_asks_the_sender_to_retry(string path, int status)
    {
        await using EndpointHost host = await StartAsync(queue => queue.Capacity = 2);

        EndpointResponse response = await host.PostAsync(path, Batch("u1", "u2", "u3"), Key);

        Assert.That((response.Status, response.RetryAfter), Is.EqualTo((status, "2")));
        Assert.That(response.Text, Does.Contain("The queue is full"));
    }

    [Test]
    public async Task The_response_of_a_full_queue_says_how_many_of_the_first_events_were_taken()
    {
        await using EndpointHost host = await StartAsync(queue => queue.Capacity = 2);

        EndpointResponse response = await host.PostAsync("/rudder", Batch("u1", "u2", "u3"));

        Assert.That(
            response.Text,
            Is.EqualTo("""{"error":"The queue is full; send the events again later","taken":2,"ignored":0,"invalid":0,"errors":[]}""")
        );
    }

    [Test]
    public async Task Queue_that_drops_the_newest_events_asks_the_sender_to_retry()
    {
        await using EndpointHost host = await StartAsync(queue => (queue.Capacity, queue.WhenFull) = (1, QueueFullMode.DropNewest));

        Assert.That((await host.PostAsync("/rudder", Batch("u1", "u2"))).Status, Is.EqualTo(503));
    }

    [Test]
    public async Task A_request_waits_for_room()
    {
        await using EndpointHost host = await EndpointHost.StartAsync(
            app => app.MapRudderEvents("/rudder"),
            addQueue: to => to.AddBackgroundDelivery(queue => (queue.Capacity, queue.FlushSize) = (1, 1))
        );

        EndpointResponse response = await host.PostAsync("/rudder", Batch("u1", "u2", "u3"));

        Assert.That((response.Status, response.Json.GetProperty("taken").GetInt32()), Is.EqualTo((202, 3)));
        Assert.That(await host.DeliveredUsersAsync(), Is.EquivalentTo(new[] { "u1", "u2", "u3" }));
    }

    [TestCase("/rudder")]
    [TestCase("/v1/batch")]
    public async Task A_stopping_host_takes_nothing(string path)
    {
        await using EndpointHost host = await StartAsync();
        host.App.Lifetime.StopApplication();

        EndpointResponse response = await host.PostAsync(path, Batch("u1"), Key);

        Assert.That((response.Status, response.RetryAfter), Is.EqualTo((503, "2")));
        Assert.That(response.Text, Does.Contain("The host is stopping"));
    }

    [Test]
    public async Task Request_that_waits_for_room_gets_a_response_when_the_host_stops()
    {
        await using EndpointHost host = await StartAsync(queue => queue.Capacity = 1, timeout: TimeSpan.FromHours(1));
        Task<EndpointResponse> waiting = host.PostAsync("/rudder", Batch("u1", "u2"));

        host.App.Lifetime.StopApplication();

        EndpointResponse response = await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(response.Status, Is.EqualTo(503));
        Assert.That(response.Text, Does.Contain("The host is stopping"));
    }

    [Test]
    public async Task Batch_with_enough_room_is_not_cut_off_when_the_host_begins_to_stop()
    {
        await using EndpointHost host = await EndpointHost.StartAsync(
            app => app.MapRudderEvents("/rudder"),
            addQueue: to => to.AddBackgroundDelivery().Services.AddSingleton(StoppingQueue.Create)
        );

        EndpointResponse response = await host.PostAsync("/rudder", Batch("u1", "u2", "u3"));

        Assert.That((response.Status, response.Json.GetProperty("taken").GetInt32()), Is.EqualTo((202, 3)));
        Assert.That((await host.PostAsync("/rudder", Batch("u4"))).Status, Is.EqualTo(503));
    }

    [TestCase("/rudder")]
    [TestCase("/v1/batch")]
    public async Task A_queue_that_fails_gets_503(string path)
    {
        string folder = Directory.CreateTempSubdirectory("endpoint-").FullName;
        string database = Path.Combine(folder, "outbox.db");
        await using (EndpointHost host = await EndpointHost.StartAsync(Map, addQueue: to => to.AddSqliteOutbox(database)))
        {
            File.Delete(database);

            EndpointResponse response = await host.PostAsync(path, Batch("u1"), Key);

            Assert.That((response.Status, response.RetryAfter), Is.EqualTo((503, "2")));
            Assert.That(response.Text, Does.Contain("The queue cannot take events now").And.Not.Contain(folder));
        }

        Directory.Delete(folder, recursive: true);
    }

    [TestCase("/rudder", 202)]
    [TestCase("/v1/batch", 200)]
    public async Task An_outbox_has_the_events_on_disk_before_the_response(string path, int status)
    {
        string folder = Directory.CreateTempSubdirectory("endpoint-").FullName;
        string database = Path.Combine(folder, "outbox.db");
        await using (
            EndpointHost host = await EndpointHost.StartAsync(
                Map,
                options => options.Endpoint = EndpointHost.Unreachable,
                to => to.AddSqliteOutbox(database, queue => queue.ShutdownDeadline = TimeSpan.Zero)
            )
        )
        {
            Assert.That((await host.PostAsync(path, Batch("u1", "u2"), Key)).Status, Is.EqualTo(status));
            File.Copy(database, database + ".copy");
            File.Copy(database + "-wal", database + ".copy-wal");
        }

        await using (EndpointHost next = await EndpointHost.StartAsync(Map, addQueue: to => to.AddSqliteOutbox(database + ".copy")))
        {
            Assert.That(await next.DeliveredUsersAsync(), Is.EquivalentTo(new[] { "u1", "u2" }));
        }

        Directory.Delete(folder, recursive: true);
    }

    private static string Batch(params string[] users) =>
        $$"""{"batch":[{{string.Join(',', users.Select(user => EndpointHost.Track(user)))}}]}""";

    /// <summary>Starts a host whose queue keeps its events.</summary>
    private static Task<EndpointHost> StartAsync(Action<BackgroundDeliveryOptions>? configure = null, TimeSpan timeout = default) =>
        EndpointHost.StartAsync(
            app => Map(app, timeout),
            options => options.Endpoint = EndpointHost.Unreachable,
            to =>
                to.AddBackgroundDelivery(queue =>
                {
                    queue.ShutdownDeadline = TimeSpan.Zero;
                    configure?.Invoke(queue);
                })
        );

    private static void Map(WebApplication app) => Map(app, TimeSpan.Zero);

    private static void Map(WebApplication app, TimeSpan timeout)
    {
        app.MapRudderEvents("/rudder", options => (options.QueueTimeout, options.RetryAfter) = (timeout, TimeSpan.FromSeconds(1.5)));
        app.MapRudderDataPlane(["key"], options => (options.QueueTimeout, options.RetryAfter) = (timeout, TimeSpan.FromSeconds(1.5)));
    }
}
