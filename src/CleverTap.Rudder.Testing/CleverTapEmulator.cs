namespace CleverTap.Rudder.Testing;

/// <summary>
/// CleverTap's upload API on a loopback port of this process: it checks, answers and remembers what it is sent, for tests
/// and samples. Thread-safe. What its properties return is a copy that later requests do not change, but for
/// <see cref="Profiles"/>, which looks things up when asked.
/// </summary>
public sealed class CleverTapEmulator : IAsyncDisposable
{
    private readonly CleverTapEmulatorOptions options;
    private readonly EmulatorStore store;
    private readonly LoopbackServer server;

    private CleverTapEmulator(CleverTapEmulatorOptions options, EmulatorStore store, LoopbackServer server)
    {
        this.options = options;
        this.store = store;
        this.server = server;
        Profiles = new ProfilesById(store);
    }

    /// <summary>The address of the service, <c>http://127.0.0.1:PORT/</c>. Uploads go to <c>1/upload</c> below it.</summary>
    public Uri Endpoint => server.Endpoint;

    /// <summary>The account that the emulator knows.</summary>
    public string AccountId => options.AccountId;

    /// <summary>The account's passcode.</summary>
    public string Passcode => options.Passcode;

    /// <summary>
    /// The stored profiles, found by any identity or objectId of theirs. <c>Count</c>, <c>Keys</c> and enumeration have each
    /// profile once, under its first identity, or else its first objectId, the one updated longest ago first. Also users
    /// who have only sent events have one (CleverTap docs, upload events API).
    /// </summary>
    public IReadOnlyDictionary<string, StoredProfile> Profiles { get; }

    /// <summary>The stored events in order of arrival.</summary>
    public IReadOnlyList<StoredEvent> Events => store.Events();

    /// <summary>The requests that were answered, in that order, whatever the answer.</summary>
    public IReadOnlyList<AnsweredRequest> Requests => store.Requests();

    /// <summary>The records that were refused, in order of arrival.</summary>
    public IReadOnlyList<RefusedRecord> Refused => store.Refused();

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

    /// <summary>How many records were refused since the start or <see cref="Clear"/>, forgotten ones too.</summary>
    public long RefusedCount => store.Counts().Refused;

    /// <summary>How many requests were answered since the start or <see cref="Clear"/>, forgotten ones too.</summary>
    public long RequestCount => store.Counts().Requests;

    /// <summary>Starts an emulator. Dispose it to free its port.</summary>
    /// <param name="options">How; the defaults where null.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>The emulator, ready for requests.</returns>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<CleverTapEmulator> StartAsync(
        CleverTapEmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new CleverTapEmulatorOptions();
        var store = new EmulatorStore(options);
        var api = new EmulatorApi(options, store);
        LoopbackServer server = await LoopbackServer.StartAsync(api, options.Port, cancellationToken).ConfigureAwait(false);
        return new CleverTapEmulator(options, store, server);
    }

    /// <summary>The stored events of one user in order of arrival, under whichever of the user's ids they came.</summary>
    /// <param name="userId">An identity or objectId. Nobody's gives an empty list.</param>
    public IReadOnlyList<StoredEvent> EventsOf(string userId)
    {
        ArgumentNullException.ThrowIfNull(userId);
        return store.EventsOf(userId);
    }

    /// <summary>Forgets everything that was stored, and starts all counts again.</summary>
    public void Clear() => store.Clear();

    /// <summary>Stops the emulator and frees its port. What it stored can still be read.</summary>
    public ValueTask DisposeAsync() => server.DisposeAsync();
}
