using System.Net;
using CleverTap.Rudder.Internal.Testing.Api;
using CleverTap.Rudder.Internal.Testing.Faults;
using CleverTap.Rudder.Internal.Testing.Hosting;
using CleverTap.Rudder.Internal.Testing.Storage;

namespace CleverTap.Rudder.Testing;

/// <summary>Emulates CleverTap's API for tests and samples: it validates and stores what it receives, and fails on demand.</summary>
/// <remarks>
/// It listens on a loopback port of this process, or is reached without a port through <see cref="CreateHandler"/>. Thread-safe. Its
/// properties return copies that later requests do not change, except <see cref="Profiles"/>, which reads the current profiles.
/// </remarks>
/// <example>
/// <code>
/// await using var cleverTap = await CleverTapEmulator.StartAsync();
/// var services = new ServiceCollection();
/// services.AddCleverTapDestination(options =>
/// {
///     options.Endpoint = cleverTap.Endpoint;
///     options.AccountId = cleverTap.AccountId;
///     options.Passcode = cleverTap.Passcode;
/// });
/// </code>
/// </example>
public sealed class CleverTapEmulator : IAsyncDisposable
{
    private readonly CleverTapEmulatorOptions options;
    private readonly EmulatorStore store;
    private readonly RequestPipeline pipeline;
    private EmulatorServer? server;

    private CleverTapEmulator(CleverTapEmulatorOptions options)
    {
        this.options = options;
        store = new EmulatorStore(options);
        pipeline = new RequestPipeline(options, new EmulatorApi(options, store), store);
        Profiles = new ProfilesById(store);
    }

    /// <summary>Gets the address of the emulator for clients on this machine, by default <c>http://127.0.0.1:PORT/</c>.</summary>
    /// <remarks>
    /// The path of uploads is <c>1/upload</c>. If <see cref="CleverTapEmulatorOptions.ListenAddress"/> means all addresses, this is the
    /// loopback address.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The emulator has no port, because <see cref="Create"/> created it.</exception>
    public Uri Endpoint =>
        server?.Endpoint
        ?? throw new InvalidOperationException(
            $"This emulator has no port; use {nameof(CreateHandler)}, or {nameof(StartAsync)} instead of {nameof(Create)}."
        );

    /// <summary>Gets the id of the emulator's account.</summary>
    public string AccountId => options.AccountId;

    /// <summary>Gets the passcode of the account.</summary>
    public string Passcode => options.Passcode;

    /// <summary>Gets or sets the faults of the following requests.</summary>
    /// <remarks>Setting them starts the series at its <see cref="CleverTapFaults.Seed"/>, as <see cref="Clear"/> does.</remarks>
    /// <value>Default <see cref="CleverTapEmulatorOptions.Faults"/>.</value>
    /// <exception cref="ArgumentException">The sum of the shares of faulty requests is more than 1.</exception>
    public CleverTapFaults Faults
    {
        get => pipeline.Faults;
        set => pipeline.Faults = value;
    }

    /// <summary>Gets the maximum number of requests that were in flight at the same time at one path.</summary>
    /// <remarks>
    /// Counted since the start or <see cref="Clear"/>, including requests beyond <see cref="CleverTapEmulatorOptions.MaxInFlight"/>.
    /// A request is in flight from its first byte until its response is ready.
    /// </remarks>
    public int PeakInFlight => pipeline.PeakInFlight;

    /// <summary>Gets the stored profiles by any of their identities and objectIds.</summary>
    /// <remarks>
    /// <c>Count</c>, <c>Keys</c> and enumeration contain each profile once, under its first identity or else its first objectId, in the
    /// order of the last update, the oldest first. A user who has only sent events has a profile too (CleverTap docs, upload events API).
    /// </remarks>
    public IReadOnlyDictionary<string, StoredProfile> Profiles { get; }

    /// <summary>Gets the stored events in order of arrival.</summary>
    public IReadOnlyList<StoredEvent> Events => store.Events();

    /// <summary>Gets the applied profile records in order of arrival, each as it was sent.</summary>
    public IReadOnlyList<StoredProfileUpdate> ProfileUpdates => store.ProfileUpdates();

    /// <summary>Gets the ids of the profiles to delete, known or unknown, in order of arrival.</summary>
    /// <remarks>The profiles are deleted at once; their events stay.</remarks>
    public IReadOnlyList<string> Deleted => store.UserRequests(calls => calls.Deleted);

    /// <summary>Gets the identities to demerge in order of arrival.</summary>
    /// <remarks>The profiles stay unchanged.</remarks>
    public IReadOnlyList<string> Demerged => store.UserRequests(calls => calls.Demerged);

    /// <summary>Gets the phone numbers to disassociate in order of arrival.</summary>
    /// <remarks>The profiles stay unchanged.</remarks>
    public IReadOnlyList<string> Disassociated => store.UserRequests(calls => calls.Disassociated);

    /// <summary>Gets the subscribed and unsubscribed addresses in order of arrival.</summary>
    public IReadOnlyList<Subscription> Subscriptions => store.UserRequests(calls => calls.Subscriptions);

    /// <summary>Gets all requests, whatever their response, in the order of their responses.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => store.Requests();

    /// <summary>Gets the rejected records in order of arrival.</summary>
    public IReadOnlyList<RejectedRecord> Rejected => store.Rejected();

    /// <summary>Gets the number of events stored since the start or <see cref="Clear"/>, including removed events.</summary>
    public long EventCount => store.Counts().Events;

    /// <summary>Gets the number of profiles created since the start or <see cref="Clear"/>, including removed profiles.</summary>
    /// <remarks>Merged profiles count as one. A profile that was removed and comes back counts again.</remarks>
    public long ProfileCount => store.Counts().Profiles;

    /// <summary>Gets the number of profile records applied since the start or <see cref="Clear"/>.</summary>
    public long ProfileRecordCount => store.Counts().ProfileRecords;

    /// <summary>Gets the number of device token records applied since the start or <see cref="Clear"/>.</summary>
    public long TokenRecordCount => store.Counts().TokenRecords;

    /// <summary>Gets the number of records rejected since the start or <see cref="Clear"/>, including removed records.</summary>
    public long RejectedCount => store.Counts().Rejected;

    /// <summary>Gets the number of requests since the start or <see cref="Clear"/>, including removed requests.</summary>
    public long RequestCount => store.Counts().Requests;

    /// <summary>Creates an emulator without a port, which is reached through <see cref="CreateHandler"/>.</summary>
    /// <remarks><see cref="CleverTapEmulatorOptions.Port"/> is ignored. The emulator need not be disposed.</remarks>
    /// <param name="options">The options; null for the defaults.</param>
    public static CleverTapEmulator Create(CleverTapEmulatorOptions? options = null) => new(options ?? new CleverTapEmulatorOptions());

    /// <summary>Starts an emulator on a port. Dispose it to release the port.</summary>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The emulator, ready for requests.</returns>
    /// <exception cref="IOException">The port is in use or needs more rights, or the address is not one of this machine.</exception>
    public static async Task<CleverTapEmulator> StartAsync(
        CleverTapEmulatorOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        CleverTapEmulator emulator = Create(options);
        emulator.server = await EmulatorServer
            .StartAsync(emulator.pipeline, new IPEndPoint(emulator.options.ListenAddress, emulator.options.Port), cancellationToken)
            .ConfigureAwait(false);
        return emulator;
    }

    /// <summary>Creates a handler that connects an <see cref="HttpClient"/> to this emulator without sockets.</summary>
    /// <remarks>
    /// The emulator responds whatever the address of a request is. Use the handler as
    /// <c>.ConfigurePrimaryHttpMessageHandler(() => cleverTap.CreateHandler())</c>. A dropped connection is an
    /// <see cref="HttpRequestException"/>. Disposing the handler does not affect the emulator.
    /// </remarks>
    public HttpMessageHandler CreateHandler() => new EmulatorHandler(pipeline);

    /// <summary>Gets the stored events of one user, with any of the user's ids, in order of arrival.</summary>
    /// <param name="userId">An identity or objectId.</param>
    /// <returns>The events; an empty list for an unknown id.</returns>
    public IReadOnlyList<StoredEvent> EventsOf(string userId)
    {
        ArgumentNullException.ThrowIfNull(userId);
        return store.FindEvents(userId);
    }

    /// <summary>Removes all stored data, resets all counts and restarts the series of faults.</summary>
    public void Clear()
    {
        store.Clear();
        pipeline.Clear();
    }

    /// <summary>Stops the emulator and releases its port. Stored data can still be read.</summary>
    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Sets the fault plans of the next requests, before the series continues. For property tests.</summary>
    internal void Script(params IEnumerable<FaultPlan> plans) => pipeline.Script(plans);
}
