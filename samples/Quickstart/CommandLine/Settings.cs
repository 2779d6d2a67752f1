using CleverTap.Rudder;

namespace Quickstart;

/// <summary>What to do in this run.</summary>
internal sealed record Settings
{
    /// <summary>A file, <c>-</c> for standard input, or null for the bundled events.</summary>
    public string? Input { get; init; }

    /// <summary>Print results instead of delivering.</summary>
    public bool TransformOnly { get; init; }

    /// <summary>The database file through which events go; null where they go straight.</summary>
    public string? Outbox { get; init; }

    /// <summary>Read nothing, deliver what the outbox holds.</summary>
    public bool Resume { get; init; }

    public required MappingOptions Mapping { get; init; }

    /// <summary>The account of the command line or the environment; null where neither names one.</summary>
    public Account? Account { get; init; }

    /// <summary>The service's address in place of the one of the account's region.</summary>
    public Uri? Endpoint { get; init; }

    public bool DryRun { get; init; }

    /// <summary>Whether there is no service to deliver to but the emulator in this process.</summary>
    public bool UsesEmulator => Account is null && Endpoint is null;
}
