using CleverTap.Rudder.Internal.Testing.Api;
using CleverTap.Rudder.Internal.Testing.Faults;
using CleverTap.Rudder.Internal.Testing.Hosting;
using CleverTap.Rudder.Internal.Testing.Storage;

namespace CleverTap.Rudder.Testing;

/// <summary>
/// CleverTap's API on a loopback port of this process, or without a port behind <see cref="CreateHandler"/>: it checks, answers
/// and remembers what it is sent, and fails when it is told to, for tests and samples. Thread-safe. What its properties return
/// is a copy that later requests do not change, but for <see cref="Profiles"/>, which looks things up when asked.
/// </summary>
public sealed class CleverTapEmulator : IAsyncDisposable
{
    private readonly CleverTapEmulatorOptions options;
    private readonly EmulatorStore store;
    private readonly RequestPipeline gate;
    private LoopbackServer? server;

    private CleverTapEmulator(CleverTapEmulatorOptions options)
    {
        this.options = options;
        store = new EmulatorStore(options);
        gate = new RequestPipeline(options, new EmulatorApi(options, store), store);
        Profiles = new ProfilesById(store);
    }

    /// <summary>The address of the service, <c>http://127.0.0.1:PORT/</c>. Uploads go to <c>1/upload</c> below it.</summary>
    /// <exception cref="InvalidOperationException">It has none: it was made by <see cref="Create"/>.</exception>
    public Uri Endpoint =>
        server?.Endpoint
        ?? throw new InvalidOperationException(
            $"This emulator has no port: use {nameof(CreateHandler)}, or {nameof(StartAsync)} instead of {nameof(Create)}."
        );

    /// <summary>The account that the emulator knows.</summary>
    public string AccountId => options.AccountId;

    /// <summary>The account's passcode.</summary>
    public string Passcode => options.Passcode;

    /// <summary>
    /// What goes wrong from now on. Setting begins a new series at its <see cref="CleverTapFaults.Seed"/>, the same series too;
    /// so does <see cref="Clear"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The shares of faulty requests sum up to more than 1.</exception>
    public CleverTapFaults Faults
    {
        get => gate.Faults;
        set => gate.Faults = value;
    }

    /// <summary>
    /// The most requests that were in flight at once at one API since the start or <see cref="Clear"/>, those beyond
    /// <see cref="CleverTapEmulatorOptions.MaxInFlight"/> too. A request is in flight from its first byte until its response is ready.
    /// </summary>
    public int PeakInFlight => gate.PeakInFlight;

    /// <summary>
    /// The stored profiles, found by any identity or objectId of theirs. <c>Count</c>, <c>Keys</c> and enumeration have each
    /// profile once, under its first identity, or else its first objectId, the one updated longest ago first. Also users
    /// who have only sent events have one (CleverTap docs, upload events API).
    /// </summary>
    public IReadOnlyDictionary<string, StoredProfile> Profiles { get; }

    /// <summary>The stored events in order of arrival.</summary>
    public IReadOnlyList<StoredEvent> Events => store.Events();

    /// <summary>The profile records that were applied, in order of arrival, each as it was sent.</summary>
    public IReadOnlyList<StoredProfileUpdate> ProfileUpdates => store.ProfileUpdates();

    /// <summary>The ids of profiles that were to be deleted, known or not, in order of arrival. They are gone at once; their events stay.</summary>
    public IReadOnlyList<string> Deleted => store.UserRequests(calls => calls.Deleted);

    /// <summary>The identities of profiles that were to be demerged, in order of arrival. The profiles stay as they are.</summary>
    public IReadOnlyList<string> Demerged => store.UserRequests(calls => calls.Demerged);

    /// <summary>The phone numbers that were to be disassociated, in order of arrival. The profiles stay as they are.</summary>
    public IReadOnlyList<string> Disassociated => store.UserRequests(calls => calls.Disassociated);

    /// <summary>The addresses that were subscribed and unsubscribed, in order of arrival.</summary>
    public IReadOnlyList<Subscription> Subscriptions => store.UserRequests(calls => calls.Subscriptions);

    /// <summary>The requests that were answered or dropped, in that order, whatever the response.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => store.Requests();

    /// <summary>The records that were rejected, in order of arrival.</summary>
    public IReadOnlyList<RejectedRecord> Rejected => store.Rejected();

    /// <summary>How many events were stored since the start or <see cref="Clear"/>, forgotten ones too.</summary>
    public long EventCount => store.Counts().Events;

    /// <summary>
    /// How many profiles were made since the start or <see cref="Clear"/>, forgotten ones too. Two that are merged are one;
    /// one that was forgotten and comes again counts again.
    /// </summary>
    public long ProfileCount => store.Counts().Profiles;

    /// <summary>How many profile records were applied since the start or <see cref="Clear"/>.</summary>
    public long ProfileRecordCount => store.Counts().ProfileRecords;

    /// <summary>How many device token records were applied since the start or <see cref="Clear"/>.</summary>
    public long TokenRecordCount => store.Counts().TokenRecords;

    /// <summary>How many records were rejected since the start or <see cref="Clear"/>, forgotten ones too.</summary>
    public long RejectedCount => store.Counts().Rejected;

    /// <summary>How many requests were answered since the start or <see cref="Clear"/>, forgotten ones too.</summary>
    public long RequestCount => store.Counts().Requests;

    /// <summary>
    /// Makes an emulator without a port, to be reached through <see cref="CreateHandler"/>. <see cref="CleverTapEmulatorOptions.Port"/>
    /// does not count. There is nothing to free, and disposing it does no harm.
    /// </summary>
    /// <param name="options">How; the defaults where null.</param>
    public static CleverTapEmulator Create(CleverTapEmulatorOptions? options = null) => new(options ?? new CleverTapEmulatorOptions());

    /// <summary>Starts an emulator on a port. Dispose it to free its port.</summary>
    /// <param name="options">How; the defaults where null.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>The emulator, ready for requests.</returns>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<CleverTapEmulator> StartAsync(
        CleverTapEmulatorOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        CleverTapEmulator emulator = Create(options);
        emulator.server = await LoopbackServer.StartAsync(emulator.gate, emulator.options.Port, cancellationToken).ConfigureAwait(false);
        return emulator;
    }

    /// <summary>
    /// A handler under which an <see cref="HttpClient"/> talks to this emulator without sockets, whatever address it asks:
    /// <c>.ConfigurePrimaryHttpMessageHandler(() => cleverTap.CreateHandler())</c>. A dropped connection is an
    /// <see cref="HttpRequestException"/>. It may be disposed at any time; the emulator stays.
    /// </summary>
    public HttpMessageHandler CreateHandler() => new EmulatorHandler(gate);

    /// <summary>The stored events of one user in order of arrival, under whichever of the user's ids they came.</summary>
    /// <param name="userId">An identity or objectId. Nobody's gives an empty list.</param>
    public IReadOnlyList<StoredEvent> EventsOf(string userId)
    {
        ArgumentNullException.ThrowIfNull(userId);
        return store.FindEvents(userId);
    }

    /// <summary>Forgets everything that was stored, starts all counts again and the series of faults too.</summary>
    public void Clear()
    {
        store.Clear();
        gate.Clear();
    }

    /// <summary>Stops the emulator and frees its port. What it stored can still be read.</summary>
    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>What the next requests meet, before the series of faults goes on: for property tests.</summary>
    internal void Script(params IEnumerable<FaultPlan> plans) => gate.Script(plans);
}
