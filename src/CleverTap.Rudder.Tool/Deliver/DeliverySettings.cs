using CleverTap.Rudder.Tool.CommandLine;

namespace CleverTap.Rudder.Tool.Deliver;

/// <summary>Where and how a run delivers.</summary>
internal sealed record DeliverySettings
{
    /// <summary>The longest wait between two attempts: a user is waiting.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>The largest value that the options allow.</summary>
    private static readonly TimeSpan NoDeadline = TimeSpan.FromDays(24);

    public required MappingOptions Mapping { get; init; }

    /// <summary>The account; null if each event brings its own.</summary>
    public Account? Account { get; init; }

    /// <summary>The address in place of the region's.</summary>
    public Uri? Endpoint { get; init; }

    public bool DryRun { get; init; }

    /// <summary>The time for which an event that fails is sent again; null for the default.</summary>
    public TimeSpan? GiveUpAfter { get; init; }

    public int? MaxInFlight { get; init; }

    /// <summary>The longest time of one request.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Sets the options of the destination of an account.</summary>
    public void Apply(CleverTapOptions options, Account account, MappingOptions mapping)
    {
        options.AccountId = account.Id;
        options.Passcode = account.Passcode;
        options.Region = account.Region;
        options.Endpoint = Endpoint;
        options.Mapping = mapping;
        options.DryRun = DryRun;
        options.CredentialsCheck = CredentialsCheckMode.Off;
        options.MaxInFlight = MaxInFlight ?? options.MaxInFlight;
        options.Timeout = Timeout ?? options.Timeout;
        options.RetryMaxDelay = LongestWait;
        options.Deadline = NoDeadline;
        if (GiveUpAfter is { } time)
        {
            // A wait is random up to the longest one, so half of it on average; the first ones are shorter.
            double attempts = Math.Ceiling(time / (LongestWait / 2)) + 3;
            options.MaxAttempts = (int)Math.Min(int.MaxValue, attempts);
        }
    }
}
